import type { Status } from '@yoman/domain/appointments/appointment'
import type { BlockKind } from '@yoman/domain/blocks/block'
import type { Instant } from '@yoman/domain/time'
import { sql } from 'kysely'
import type { Db, Tx } from '../database.ts'
import { standing } from './open.ts'

/** A visit on the list. Instants are ISO texts with a Z. */
export interface RebookingRow {
  id: string
  appointmentId: string
  branchId: string
  patient: { id: string; name: string; nameLatin: string; phone: string | null }
  visitTypeId: string
  /** With whom and when it was when it came onto the list. */
  resourceId: string
  wasAt: string
  /** How it stands now. */
  practitionerId: string
  startsAt: string
  endsAt: string
  status: Status
  cause: 'block' | 'hours' | 'gone'
  block: { id: string; kind: BlockKind; title: string; holiday: string | null } | null
  openedAt: string
  openedByName: string | null
  tries: number
  triedAt: string | null
  toldAt: string | null
  toldByName: string | null
  state: RebookingState
  reason: string
  settledByName: string | null
}

/** `waiting` until somebody acts; then how the visit ended up. `past`: its day went by and it was treated, missed or begun. */
export type RebookingState = 'waiting' | 'moved' | 'cancelled' | 'left' | 'past'

// Whether a visit waits is read off the visit itself, so that whatever moves or cancels it settles it, and undoing that does not.
const state = sql`case when r.outcome = 'left' then 'left' when a.status = 'cancelled' then 'cancelled' when not ${standing} then 'moved'
  when a.status in ('booked', 'confirmed') then 'waiting' else 'past' end`

const utc = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`)

const item = sql`json_build_object('id', r.id, 'appointmentId', a.id, 'branchId', a.branch_id,
  'patient', json_build_object('id', p.id, 'name', btrim(p.given_name || ' ' || p.family_name), 'nameLatin', btrim(p.given_name_latin || ' ' || p.family_name_latin),
    'phone', (select number from patient_phone f where f.clinic_id = p.clinic_id and f.patient_id = p.id order by f.rank, f.id limit 1)),
  'visitTypeId', a.visit_type_id, 'resourceId', r.resource_id, 'wasAt', ${utc('r.starts_at')}, 'practitionerId', a.practitioner_id,
  'startsAt', ${utc('a.starts_at')}, 'endsAt', ${utc('a.ends_at')}, 'status', a.status, 'cause', r.cause,
  'block', (select json_build_object('id', b.id, 'kind', b.kind, 'title', b.title, 'holiday', b.holiday) from block b where b.clinic_id = r.clinic_id and b.id = r.block_id),
  'openedAt', ${utc('r.opened_at')}, 'openedByName', (select name from staff s where s.clinic_id = r.clinic_id and s.id = r.opened_by),
  'tries', r.tries, 'triedAt', ${utc('r.tried_at')}, 'toldAt', ${utc('r.told_at')}, 'toldByName', (select name from staff s where s.clinic_id = r.clinic_id and s.id = r.told_by),
  'state', ${state}, 'reason', r.reason, 'settledByName', (select name from staff s where s.clinic_id = r.clinic_id and s.id = r.settled_by))`

const from = sql`from rebooking r join appointment a on a.clinic_id = r.clinic_id and a.id = r.appointment_id
  join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id`

/** Everyone who waits, soonest visit first. */
export const listWaiting = (db: Db, { branchId, limit }: { branchId?: string | undefined; limit: number }): Promise<RebookingRow[]> =>
  list(db, sql`r.settled_at is null and ${state} = 'waiting' ${branchId === undefined ? sql`` : sql`and a.branch_id = ${branchId}::uuid`}`, limit)

/** Those that came onto the list after `since` and wait no more, latest first. */
export const listSettled = (db: Db, { branchId, since, limit }: { branchId?: string | undefined; since: Instant; limit: number }): Promise<RebookingRow[]> =>
  list(db, sql`r.opened_at > ${since}::timestamptz and (r.outcome is null or r.outcome = 'left') and ${state} <> 'waiting' ${branchId === undefined ? sql`` : sql`and a.branch_id = ${branchId}::uuid`}`, limit)

async function list(db: Db, where: ReturnType<typeof sql>, limit: number): Promise<RebookingRow[]> {
  const { rows } = await sql<{ item: RebookingRow }>`select ${item} as item ${from} where r.clinic_id = current_clinic() and ${where} order by a.starts_at, r.id limit ${limit}`.execute(db)
  return rows.map((row) => row.item)
}

export async function findRebooking(db: Db, id: string): Promise<RebookingRow | undefined> {
  const { rows } = await sql<{ item: RebookingRow }>`select ${item} as item ${from} where r.clinic_id = current_clinic() and r.id = ${id}::uuid`.execute(db)
  return rows[0]?.item
}

/** Holds the row until the transaction ends; false where it is not there. */
export async function lockRebooking(tx: Tx, id: string): Promise<boolean> {
  return (await sql`select from rebooking where clinic_id = current_clinic() and id = ${id}::uuid for no key update`.execute(tx)).rows.length > 0
}

/** Somebody called: the patient knows now, or could not be reached. */
export async function recordTry(tx: Tx, id: string, told: boolean, at: Instant, by: string | null): Promise<void> {
  await sql`update rebooking set tries = least(tries + ${told ? 0 : 1}, 999), tried_at = ${at}::timestamptz,
    told_at = case when ${told} then ${at}::timestamptz else told_at end, told_by = case when ${told} then ${by}::uuid else told_by end where clinic_id = current_clinic() and id = ${id}::uuid`.execute(tx)
}

/** What was written down of a call is struck off again. */
export async function forgetTry(tx: Tx, id: string, told: boolean): Promise<void> {
  await sql`update rebooking set tries = greatest(tries - ${told ? 0 : 1}, 0), tried_at = case when tries <= ${told ? 0 : 1} then null else tried_at end,
    told_at = case when ${told} then null else told_at end, told_by = case when ${told} then null else told_by end where clinic_id = current_clinic() and id = ${id}::uuid`.execute(tx)
}

/** The visit stays as it is, for a reason. */
export async function leaveRebooking(tx: Tx, id: string, reason: string, at: Instant, by: string | null): Promise<void> {
  await sql`update rebooking set settled_at = ${at}::timestamptz, settled_by = ${by}::uuid, outcome = 'left', reason = ${reason} where clinic_id = current_clinic() and id = ${id}::uuid`.execute(tx)
}

/** It waits again. False where a newer matter of the same visit waits already. */
export async function reopenRebooking(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`update rebooking r set settled_at = null, settled_by = null, outcome = null, reason = '' where r.clinic_id = current_clinic() and r.id = ${id}::uuid and r.outcome = 'left'
    and not exists (select from rebooking o where o.clinic_id = r.clinic_id and o.appointment_id = r.appointment_id and o.settled_at is null) returning r.id`.execute(tx)
  return rows.length > 0
}

/** In whose blocked time a visit may stand at `startsAt`: it stood there when the block came. */
export async function stoodWith(db: Db, clinicId: string, appointmentId: string, startsAt: Instant): Promise<string[]> {
  const { rows } = await sql<{ resource_id: string }>`select distinct resource_id from rebooking where clinic_id = ${clinicId}::uuid and appointment_id = ${appointmentId}::uuid
    and starts_at = ${startsAt}::timestamptz and (outcome is null or outcome = 'left')`.execute(db)
  return rows.map((row) => row.resource_id)
}
