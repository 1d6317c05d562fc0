import { type Insertable, type RawBuilder, type Selectable, sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { HandoverTable, ShiftNoteTable } from './table.ts'

export type HandoverRow = Selectable<HandoverTable>
export interface HandoverListRow extends HandoverRow {
  given_by_name: string
  ended_by_name: string | null
}

export interface ShiftNoteListRow extends Selectable<ShiftNoteTable> {
  written_by_name: string
}

interface Filter {
  id?: string
  branchId?: string
  before?: readonly [at: string, id: string] | undefined
  limit: number
}

/** Hand-overs, newest first. */
export async function listHandovers(db: Db, { id, branchId, before, limit }: Filter): Promise<HandoverListRow[]> {
  const when: RawBuilder<unknown>[] = [sql`h.clinic_id = current_clinic()`]
  if (id) when.push(sql`h.id = ${id}`)
  if (branchId) when.push(sql`h.branch_id = ${branchId}`)
  if (before) when.push(sql`(h.given_at, h.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`)
  const { rows } = await sql<HandoverListRow>`
    select h.*, g.name as given_by_name, e.name as ended_by_name from handover h
      join staff g on g.clinic_id = h.clinic_id and g.id = h.given_by
      left join staff e on e.clinic_id = h.clinic_id and e.id = h.ended_by
    where ${sql.join(when, sql` and `)} order by h.given_at desc, h.id desc limit ${limit}`.execute(db)
  return rows
}

export const findHandover = (db: Db, id: string): Promise<HandoverRow | undefined> => db.selectFrom('handover').selectAll().where('id', '=', id).executeTakeFirst()

/** The row, held until the transaction ends: one takes over. */
export const lockHandover = (tx: Tx, id: string): Promise<HandoverRow | undefined> => tx.selectFrom('handover').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export async function insertHandover(tx: Tx, row: Insertable<HandoverTable>): Promise<void> {
  await tx.insertInto('handover').values(row).execute()
}

/** The caller holds its lock. */
export async function endHandover(tx: Tx, { id, version }: Pick<HandoverRow, 'id' | 'version'>, status: 'taken' | 'withdrawn', ended: { by: string; at: Instant }): Promise<void> {
  await tx.updateTable('handover').set({ status, ended_by: ended.by, ended_at: ended.at, version: version + 1 }).where('id', '=', id).execute()
}

export async function listShiftNotes(db: Db, { id, branchId, before, limit }: Filter): Promise<ShiftNoteListRow[]> {
  const when: RawBuilder<unknown>[] = [sql`n.clinic_id = current_clinic()`]
  if (id) when.push(sql`n.id = ${id}`)
  if (branchId) when.push(sql`n.branch_id = ${branchId}`)
  if (before) when.push(sql`(n.written_at, n.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`)
  const { rows } = await sql<ShiftNoteListRow>`
    select n.*, s.name as written_by_name from shift_note n join staff s on s.clinic_id = n.clinic_id and s.id = n.written_by
    where ${sql.join(when, sql` and `)} order by n.written_at desc, n.id desc limit ${limit}`.execute(db)
  return rows
}

export async function insertShiftNote(tx: Tx, row: Insertable<ShiftNoteTable>): Promise<void> {
  await tx.insertInto('shift_note').values(row).execute()
}

/** Open next-visit orders and offers of a branch, and patients who sit in its waiting room in a period. */
export async function countOpen(db: Db, branchId: string, { start, end }: { start: Instant; end: Instant }): Promise<{ orders: number; offers: number; waiting: number }> {
  const { rows } = await sql<{ orders: number; offers: number; waiting: number }>`
    select (select count(*)::int from next_visit_order o where o.clinic_id = current_clinic() and o.branch_id = ${branchId}::uuid and o.status = 'open') as orders,
      (select count(*)::int from waitlist_offer w join appointment h on h.clinic_id = w.clinic_id and h.id = w.hold_id
        where w.clinic_id = current_clinic() and h.branch_id = ${branchId}::uuid and w.status = 'open') as offers,
      (select count(*)::int from appointment a where a.clinic_id = current_clinic() and a.branch_id = ${branchId}::uuid and a.starts_at >= ${start} and a.starts_at < ${end}
        and a.status in ('arrived', 'called')) as waiting`.execute(db)
  return rows[0] ?? { orders: 0, offers: 0, waiting: 0 }
}
