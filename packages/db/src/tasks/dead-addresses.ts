import { type Insertable, type RawBuilder, sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import { hasAddress } from '../messages/dead-addresses.ts'
import type { TaskTable } from './table.ts'

export interface Address {
  channel: 'sms' | 'email'
  /** E.164, or an e-mail address in lower case. */
  address: string
}

export interface WhoToAsk {
  patientId: string
  branchId: string
}

/**
 * Who has an address, and at which branch they are asked for another: the visit's, where they were or will be last, else the first.
 * The patient of a message before others who have it; of a child's message that went to a parent's number, the parent.
 */
export function whoseAddress(db: Db, { channel, address }: Address, about: { patientId: string | null; appointmentId: string | null }): Promise<WhoToAsk | undefined> {
  return who(db, sql`${has(channel, address)} order by (o.id = ${about.patientId}::uuid) desc nulls last, o.active desc, o.id`, about.appointmentId)
}

/** The next who has an address that was changed at somebody else, and of whom nobody was asked yet; nobody while somebody is still asked. */
export function nextWithAddress(db: Db, { channel, address }: Address): Promise<WhoToAsk | undefined> {
  const tasks = sql`select from task k where k.clinic_id = o.clinic_id and k.about = 'dead_address' and k.channel = ${channel} and k.address = ${address}`
  return who(db, sql`${has(channel, address)} and o.active and not exists (${tasks} and (k.patient_id = o.id or k.status = 'open')) order by o.id`, null)
}

async function who(db: Db, which: RawBuilder<unknown>, appointmentId: string | null): Promise<WhoToAsk | undefined> {
  const { rows } = await sql<WhoToAsk>`
    select o.id as "patientId", coalesce((select a.branch_id from appointment a where a.clinic_id = o.clinic_id and a.id = ${appointmentId}::uuid),
      (select a.branch_id from appointment a where a.clinic_id = o.clinic_id and a.patient_id = o.id order by a.starts_at desc limit 1),
      (select b.id from branch b where b.clinic_id = o.clinic_id order by b.active desc, b.created_at, b.id limit 1)) as "branchId"
    from patient o where o.clinic_id = current_clinic() and o.merged_into is null and ${which} limit 1`.execute(db)
  return rows[0]
}

const has = (channel: Address['channel'], address: string) =>
  channel === 'email' ? sql`lower(o.email) = ${address}` : sql`o.id in (select n.patient_id from patient_phone n where n.clinic_id = current_clinic() and n.number = ${address})`

type NewRow = Pick<Insertable<TaskTable>, 'clinic_id' | 'id' | 'branch_id' | 'patient_id' | 'due_at' | 'created_at'> & Address

/** Somebody is to be asked for another address. @returns the id of the task that is open now because of this; null where it was open already. */
export async function openAddressTask(tx: Tx, row: NewRow): Promise<string | null> {
  const open = await tx
    .insertInto('task')
    .values({ ...row, words: '', about: 'dead_address', assignee_role: 'receptionist' })
    .onConflict((on) => on.columns(['clinic_id', 'patient_id', 'channel', 'address']).where(sql<boolean>`about = 'dead_address'`)
      .doUpdateSet({ status: 'open', closed_at: null, closed_by: null, closed_because: null, outcome: '', due_at: row.due_at, version: sql<number>`task.version + 1` }).where('task.status', '<>', 'open'))
    .returning('id')
    .executeTakeFirst()
  return open?.id ?? null
}

/** Whether the patient of a task `k` still has its address, and the address is still dead. */
const isDead = sql`exists (select from dead_address d where d.clinic_id = k.clinic_id and d.channel = k.channel and d.address = k.address)`
const isTheirs = sql`exists (select from patient o where o.clinic_id = k.clinic_id and o.id = k.patient_id and o.merged_into is null and ${hasAddress('k')})`

export interface SettledTask extends Address {
  id: string
  patientId: string
  branchId: string
  because: 'changed' | 'works'
}

/** Closes the open ones of these patients, or of one address, that ask for what is no longer needed. @param at at the business clock. */
export async function closeAnsweredAddressTasks(tx: Tx, of: readonly string[] | Address, at: Instant, by: string | null): Promise<SettledTask[]> {
  const which = 'address' in of ? sql`k.channel = ${of.channel} and k.address = ${of.address}` : sql`k.patient_id = any(${[...of]}::uuid[])`
  const { rows } = await sql<SettledTask>`
    update task k set status = 'kept', closed_at = ${at}::timestamptz, closed_by = ${by}::uuid, version = version + 1, closed_because = case when ${isDead} then 'changed' else 'works' end
    where k.clinic_id = current_clinic() and k.about = 'dead_address' and k.status = 'open' and ${which} and not (${isDead} and ${isTheirs})
    returning k.id, k.patient_id as "patientId", k.branch_id as "branchId", k.channel, k.address, k.closed_because as because`.execute(tx)
  return rows
}

/**
 * Closes a task that was just opened where its address was changed in the very moment: writing it has waited for whoever changes the record.
 * Needs no rights but the worker's. @returns whether it was.
 */
export async function closeIfChangedMeanwhile(tx: Tx, id: string, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update task k set status = 'kept', closed_at = ${at}::timestamptz, closed_because = 'changed', version = version + 1
    where k.clinic_id = current_clinic() and k.id = ${id}::uuid and k.about = 'dead_address' and k.status = 'open' and not ${isTheirs}`.execute(tx)
  return numAffectedRows === 1n
}

/** Opens those again that closed themselves when an address was changed that these patients have again: the change was taken back. @param dueAt by when, where what was asked for is past. */
export async function reopenAddressTasks(tx: Tx, patientIds: readonly string[], { now, dueAt }: { now: Instant; dueAt: Instant }): Promise<Pick<SettledTask, 'id' | 'patientId' | 'branchId'>[]> {
  const { rows } = await sql<SettledTask>`
    update task k set status = 'open', closed_at = null, closed_by = null, closed_because = null, version = version + 1, due_at = case when due_at <= ${now}::timestamptz then ${dueAt}::timestamptz else due_at end
    where k.clinic_id = current_clinic() and k.about = 'dead_address' and k.closed_because = 'changed' and k.patient_id = any(${[...patientIds]}::uuid[]) and ${isDead} and ${isTheirs}
    returning k.id, k.patient_id as "patientId", k.branch_id as "branchId"`.execute(tx)
  return rows
}
