import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../database.ts'
import type { OrganisationTable, VisitPayerPartTable, VisitPayerTable } from './table.ts'

export type OrganisationRow = Selectable<OrganisationTable>

const ofClinic = sql<string>`current_clinic()`

/** By name; those out of use too. */
export const listOrganisations = (db: Db): Promise<OrganisationRow[]> => db.selectFrom('organisation').selectAll().where('clinic_id', '=', ofClinic).orderBy('name').orderBy('id').execute()

export const findOrganisation = (db: Db, id: string): Promise<OrganisationRow | undefined> =>
  db.selectFrom('organisation').selectAll().where('clinic_id', '=', ofClinic).where('id', '=', id).executeTakeFirst()

export const insertOrganisation = (tx: Tx, row: Insertable<OrganisationTable>) => tx.insertInto('organisation').values(row).execute()

export async function payerOfPatient(db: Db, patientId: string): Promise<string | null> {
  const row = await db.selectFrom('patient_payer').select('organisation_id').where('clinic_id', '=', ofClinic).where('patient_id', '=', patientId).executeTakeFirst()
  return row?.organisation_id ?? null
}

/** @param organisationId null: the patient pays. */
export async function savePatientPayer(tx: Tx, clinicId: string, patientId: string, organisationId: string | null): Promise<void> {
  if (organisationId === null) await tx.deleteFrom('patient_payer').where('clinic_id', '=', ofClinic).where('patient_id', '=', patientId).execute()
  else {
    await tx.insertInto('patient_payer').values({ clinic_id: clinicId, patient_id: patientId, organisation_id: organisationId })
      .onConflict((on) => on.columns(['clinic_id', 'patient_id']).doUpdateSet({ organisation_id: organisationId })).execute()
  }
}

export async function saveVisitPayer(tx: Tx, row: Insertable<VisitPayerTable>): Promise<void> {
  const { organisation_id, chosen_by, chosen_at } = row
  await tx.insertInto('visit_payer').values(row).onConflict((on) => on.columns(['clinic_id', 'appointment_id']).doUpdateSet({ organisation_id, chosen_by, chosen_at })).execute()
}

/** Whoever pays for a visit now stays its payer, whatever becomes of the patient's own or of the organisation; nothing where somebody is chosen. */
export async function keepVisitPayer(tx: Tx, row: Insertable<VisitPayerTable>): Promise<void> {
  await tx.insertInto('visit_payer').values(row).onConflict((on) => on.columns(['clinic_id', 'appointment_id']).doNothing()).execute()
}

/** What an organisation pays of a visit, instead of what it paid of it before; its place among others stays. */
export async function savePayerPart(tx: Tx, row: Insertable<VisitPayerPartTable>): Promise<void> {
  const { clinic_id: _clinic, appointment_id: _visit, organisation_id: _organisation, chosen_at: _at, ...rest } = row
  await tx.insertInto('visit_payer_part').values(row).onConflict((on) => on.columns(['clinic_id', 'appointment_id', 'organisation_id']).doUpdateSet(rest)).execute()
}

/** @returns whether there was one. */
export async function dropPayerPart(tx: Tx, appointmentId: string, organisationId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('visit_payer_part').where('clinic_id', '=', ofClinic).where('appointment_id', '=', appointmentId).where('organisation_id', '=', organisationId).executeTakeFirst()
  return numDeletedRows > 0n
}

/** Where an organisation's documents are mailed to, and whether it agreed to have them so. */
export async function findMailableOrganisation(db: Db, id: string): Promise<{ address: string | null; consented: boolean }> {
  const { rows } = await sql<{ address: string | null; consented: boolean }>`
    select case when not exists (select from dead_address d where d.clinic_id = o.clinic_id and d.channel = 'email' and d.address = lower(o.email)) then nullif(o.email, '') end as address, o.takes_email as consented
    from organisation o where o.clinic_id = current_clinic() and o.id = ${id}::uuid`.execute(db)
  return rows[0] ?? { address: null, consented: false }
}
