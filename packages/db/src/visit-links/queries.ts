import { type Insertable, sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { AnswerRules } from '@yoman/domain/visit-links/answer'
import type { Db, Tx } from '../database.ts'
import { type Language, spoken } from '../messages/visit-facts.ts'
import type { VisitLinkTable } from './table.ts'

/** Of one visit at one time there is one link, however many messages carry it. */
export async function insertVisitLink(tx: Tx, row: Insertable<VisitLinkTable>): Promise<void> {
  await tx.insertInto('visit_link').values(row).onConflict((on) => on.columns(['clinic_id', 'appointment_id', 'appointment_starts_at']).doNothing()).execute()
}

/** What a link opens. */
export interface LinkedVisit {
  clinicId: string
  appointmentId: string
  /** The time that the link speaks of. */
  startsAt: Instant
}

/** For a patient's link, which knows a token alone. Undefined where there is none, or it is too old. */
export const visitOfToken = (db: Db, tokenHash: Buffer, now: Instant): Promise<LinkedVisit | undefined> =>
  db
    .selectFrom('visit_link')
    .select(['clinic_id as clinicId', 'appointment_id as appointmentId', 'appointment_starts_at as startsAt'])
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst()

/** All that the page of a visit may say: no name of the patient, no kind of visit. */
export interface VisitPageFacts {
  language: Language
  clinicName: string
  branchName: string
  /** Street and town; empty where the clinic wrote none. */
  address: string
  /** The branch's phone, else the clinic's; as it was typed, empty where neither is known. */
  phone: string
  /** Null where the kind of visit is one of which nothing more than time and place is told. */
  practitionerName: string | null
  zone: string
  startsAt: Instant
  endsAt: Instant
  status: 'held' | 'booked' | 'confirmed' | 'arrived' | 'called' | 'in_treatment' | 'completed' | 'cancelled' | 'no_show'
  version: number
}

export async function loadVisitPage(db: Db, appointmentId: string): Promise<VisitPageFacts | undefined> {
  const { rows } = await sql<VisitPageFacts>`
    select p.language, ${spoken('c')} as "clinicName", ${spoken('b')} as "branchName", concat_ws(', ', nullif(b.address, ''), nullif(b.city, '')) as address,
      coalesce(nullif(b.phone, ''), c.phone, '') as phone,
      case when k.discreet then null when p.language in ('he', 'ar') then r.name else coalesce(nullif(r.name_en, ''), r.name) end as "practitionerName",
      b.time_zone as zone, a.starts_at as "startsAt", a.ends_at as "endsAt", a.status, a.version
    from appointment a
      join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
      join branch b on b.clinic_id = a.clinic_id and b.id = a.branch_id
      join clinic c on c.id = a.clinic_id
      join resource r on r.clinic_id = a.clinic_id and r.id = a.practitioner_id
      left join answer_visit_type k on k.clinic_id = a.clinic_id and k.visit_type_id = a.visit_type_id
    where a.clinic_id = current_clinic() and a.id = ${appointmentId}`.execute(db)
  return rows[0]
}

export interface AnswerSetting extends AnswerRules {
  /** A reply that says no cancels; else the desk calls back. */
  replyCancels: boolean
  /** Kinds of visits that differ from the usual. */
  visitTypes: { visitTypeId: string; mayMove: boolean; discreet: boolean }[]
  /** 0 until the clinic sets something of its own. */
  version: number
}

const usual = { mayCancel: true, cancelHours: 24, mayMove: true, moveHours: 24, replyCancels: false, version: 0 }

/** The clinic's own rules, else the usual ones: until a day before the visit patients cancel and move by themselves; a reply does not cancel. */
export async function findAnswerSetting(db: Db): Promise<AnswerSetting> {
  const [row, visitTypes] = await Promise.all([
    db.selectFrom('answer_setting').select(['may_cancel as mayCancel', 'cancel_hours as cancelHours', 'may_move as mayMove', 'move_hours as moveHours', 'reply_cancels as replyCancels', 'version']).where('clinic_id', '=', sql<string>`current_clinic()`).executeTakeFirst(),
    db.selectFrom('answer_visit_type').select(['visit_type_id as visitTypeId', 'may_move as mayMove', 'discreet']).where('clinic_id', '=', sql<string>`current_clinic()`).where(sql<boolean>`(not may_move or discreet)`).orderBy('visit_type_id').execute(),
  ])
  return { ...(row ?? usual), visitTypes }
}

/** The rules for one kind of visit. */
export async function rulesFor(db: Db, visitTypeId: string): Promise<AnswerRules> {
  const { visitTypes, ...rules } = await findAnswerSetting(db)
  const own = visitTypes.find((one) => one.visitTypeId === visitTypeId)
  return { ...rules, mayMove: rules.mayMove && (own?.mayMove ?? true) }
}

/** Writes on top of `version`. @returns whether nobody was faster. */
export async function saveAnswerSetting(tx: Tx, clinicId: string, { visitTypes, version, ...rules }: AnswerSetting): Promise<boolean> {
  const { rows } = await sql<{ version: number }>`
    insert into answer_setting (clinic_id, may_cancel, cancel_hours, may_move, move_hours, reply_cancels)
    select current_clinic(), ${rules.mayCancel}::boolean, ${rules.cancelHours}::smallint, ${rules.mayMove}::boolean, ${rules.moveHours}::smallint, ${rules.replyCancels}::boolean
      where ${version}::int = 0 or exists (select from answer_setting where clinic_id = current_clinic())
    on conflict (clinic_id) do update set may_cancel = excluded.may_cancel, cancel_hours = excluded.cancel_hours, may_move = excluded.may_move,
      move_hours = excluded.move_hours, reply_cancels = excluded.reply_cancels, version = answer_setting.version + 1 where answer_setting.version = ${version}::int
    returning version`.execute(tx)
  if (rows.length === 0) return false
  await tx.updateTable('answer_visit_type').set({ may_move: true, discreet: false }).where('clinic_id', '=', clinicId).execute()
  for (const { visitTypeId, mayMove, discreet } of visitTypes) {
    await tx
      .insertInto('answer_visit_type')
      .values({ clinic_id: clinicId, visit_type_id: visitTypeId, may_move: mayMove, discreet })
      .onConflict((on) => on.columns(['clinic_id', 'visit_type_id']).doUpdateSet({ may_move: mayMove, discreet }))
      .execute()
  }
  return true
}
