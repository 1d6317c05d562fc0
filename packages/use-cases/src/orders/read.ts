import type { Db } from '@yoman/db/database'
import { listOrders, type OrderFilter, type OrderListRow } from '@yoman/db/orders/queries'
import { allow } from '@yoman/domain/access'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { dateKey, decodeCursor, encodeCursor, uuidKey } from '../cursor.ts'
import { namesView } from '../patients/view.ts'
import { read } from '../transact.ts'

export interface OrderQuery extends Pick<OrderFilter, 'status' | 'branchId' | 'patientId'> {
  cursor?: string | undefined
  limit?: number | undefined
}

/** One page of the desk's list, the soonest window first. */
export async function pageOfOrders(ctx: Context, { cursor, limit = 50, ...filter }: OrderQuery) {
  allow(ctx.actor, 'order.read')
  const after = cursor === undefined ? undefined : (decodeCursor(cursor, [dateKey, uuidKey]) as [string, string]) // as many as forms
  const rows = await read(ctx, (db) => listOrders(db, { ...filter, after, limit: limit + 1 }))
  const items = rows.slice(0, limit).map(orderView)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.fromDate, last.id]) : null }
}

export async function readOrder(ctx: Context, id: string): Promise<OrderView> {
  allow(ctx.actor, 'order.read')
  return read(ctx, (db) => loadOrder(db, id))
}

/** One order, inside a transaction that somebody else opened. */
export async function loadOrder(db: Db, id: string): Promise<OrderView> {
  const [row] = await listOrders(db, { id, limit: 1 })
  if (!row) throw new NotFound('order')
  return orderView(row)
}

export type OrderView = ReturnType<typeof orderView>

export const orderView = (row: OrderListRow) => ({
  id: row.id,
  patient: { id: row.patient_id, ...namesView(row), phone: row.phone },
  encounterId: row.encounter_id,
  branchId: row.branch_id,
  orderedBy: { staffId: row.ordered_by, name: row.ordered_by_name },
  status: row.status,
  fromDate: row.from_date.toString(),
  toDate: row.to_date.toString(),
  noteToDesk: row.note_to_desk,
  cancelReason: row.cancel_reason,
  createdAt: row.created_at.toString(),
  version: row.version,
  steps: row.steps,
})
