import { sql } from 'kysely'
import type { PatientDetails } from '@yoman/domain/patients/details'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'

/** A patient to be written with thousands of others. `identifier` is sealed and indexed already. */
export interface BulkPatient {
  id: string
  details: PatientDetails
  identifierSealed: Buffer | null
  identifierIndex: Buffer | null
  phones: readonly { id: string; number: string; typed: string; label: string }[]
  searched: { given: string; family: string; givenLatin: string; familyLatin: string; phones: string; sounds: string[] }
}

/** Patients with their phones and places in the search index: two statements for all. */
export async function insertPatients(tx: Tx, clinicId: string, now: Instant, patients: readonly BulkPatient[]): Promise<void> {
  const rows = patients.map(({ id, details, identifierSealed, identifierIndex }) => ({
    id,
    given_name: details.givenName,
    family_name: details.familyName,
    given_name_latin: details.givenNameLatin,
    family_name_latin: details.familyNameLatin,
    identifier_kind: details.identifier?.kind ?? null,
    identifier_country: details.identifier?.country ?? null,
    sealed: identifierSealed?.toString('hex') ?? null,
    indexed: identifierIndex?.toString('hex') ?? null,
    birth_date: details.birthDate?.toString() ?? null,
    sex: details.sex,
    email: details.email,
    street: details.address.street,
    city: details.address.city,
    postal_code: details.address.postalCode,
    health_fund: details.healthFund,
    language: details.language,
    desk_note: details.deskNote,
    referral_source: details.referralSource,
  }))
  const phones = patients.flatMap((patient) => patient.phones.map((phone, rank) => ({ ...phone, patient_id: patient.id, rank })))
  const search = patients.map(({ id, searched }) => ({ id, ...searched }))
  await Promise.all([
    sql`
      with made as (insert into patient (clinic_id, id, given_name, family_name, given_name_latin, family_name_latin, identifier_kind, identifier_country,
          identifier_sealed, identifier_index, birth_date, sex, email, street, city, postal_code, health_fund, language, desk_note, referral_source, created_at)
        select ${clinicId}::uuid, id, given_name, family_name, given_name_latin, family_name_latin, identifier_kind, identifier_country,
          decode(sealed, 'hex'), decode(indexed, 'hex'), birth_date, sex, email, street, city, postal_code, health_fund, language, desk_note, referral_source, ${now}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, given_name text, family_name text, given_name_latin text, family_name_latin text,
          identifier_kind text, identifier_country text, sealed text, indexed text, birth_date date, sex text, email text, street text, city text,
          postal_code text, health_fund text, language text, desk_note text, referral_source text))
      insert into patient_phone (clinic_id, id, patient_id, number, typed, label, rank)
      select ${clinicId}::uuid, id, patient_id, number, typed, label, rank
      from jsonb_to_recordset(${JSON.stringify(phones)}::jsonb) as t(id uuid, patient_id uuid, number text, typed text, label text, rank smallint)`.execute(tx),
    sql`
      select count(index_patient(id, given, family, "givenLatin", "familyLatin", phones, sounds))
      from jsonb_to_recordset(${JSON.stringify(search)}::jsonb) as t(id uuid, given text, family text, "givenLatin" text, "familyLatin" text, phones text, sounds text[])`.execute(tx),
  ])
}

/** Which of these keyed hashes belong to somebody, and to whom. */
export const patientsByIdentifiers = (db: Db, indexes: readonly Buffer[]): Promise<{ id: string; identifier_index: Buffer | null }[]> =>
  db
    .selectFrom('patient')
    .select(['id', 'identifier_index'])
    .where(sql<boolean>`identifier_index in (select decode(h, 'hex') from unnest(${indexes.map((index) => index.toString('hex'))}::text[]) h)`)
    .execute()

/** Who has one of these numbers. */
export async function patientsByPhones(db: Db, numbers: readonly string[]): Promise<{ id: string; number: string; given_name: string; family_name: string }[]> {
  const { rows } = await sql<{ id: string; number: string; given_name: string; family_name: string }>`
    select p.id, f.number, p.given_name, p.family_name from patient_phone f join patient p on p.clinic_id = f.clinic_id and p.id = f.patient_id
    where f.number = any(${[...numbers]}::text[])`.execute(db)
  return rows
}
