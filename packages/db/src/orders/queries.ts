import { type Insertable, type RawBuilder, type Selectable, sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { NextVisitOrderTable, NextVisitStepTable } from './table.ts'

export type OrderRow = Selectable<NextVisitOrderTable>
export type OrderStepRow = Selectable<NextVisitStepTable>

/** An order as lists show it, its steps and their visits with it. Instants inside `steps` are ISO texts. */
export interface OrderListRow extends OrderRow {
  given_name: string
  family_name: string
  given_name_latin: string
  family_name_latin: string
  phone: string | null
  ordered_by_name: string
  steps: OrderListStep[]
}

export interface OrderListStep {
  step: number
  visitTypeId: string
  practitionerId: string | null
  durationMinutes: number
  minGapDays: number
  maxGapDays: number
  appointment: { id: string; startsAt: string; practitionerId: string; status: string } | null
}

export interface OrderFilter {
  id?: string | undefined
  ids?: readonly string[] | undefined
  status?: 'open' | 'booked' | 'cancelled' | undefined
  branchId?: string | undefined
  patientId?: string | undefined
  after?: readonly [fromDate: string, id: string] | undefined
  limit: number
}

/** Orders by the start of their window, from the row after `after`. */
export async function listOrders(db: Db, { id, ids, status, branchId, patientId, after, limit }: OrderFilter): Promise<OrderListRow[]> {
  const when: RawBuilder<unknown>[] = [sql`o.clinic_id = current_clinic()`]
  if (id) when.push(sql`o.id = ${id}`)
  if (ids) when.push(sql`o.id = any(${[...ids]}::uuid[])`)
  // A constant and not a parameter, so that the plan may use the index of open orders alone.
  if (status) when.push(sql`o.status = ${sql.lit(status)}`)
  if (branchId) when.push(sql`o.branch_id = ${branchId}`)
  if (patientId) when.push(sql`o.patient_id = ${patientId}`)
  if (after) when.push(sql`(o.from_date, o.id) > (${after[0]}::date, ${after[1]}::uuid)`)
  const { rows } = await sql<OrderListRow>`
    select o.*, p.given_name, p.family_name, p.given_name_latin, p.family_name_latin, s.name as ordered_by_name,
      (select f.number from patient_phone f where f.clinic_id = o.clinic_id and f.patient_id = o.patient_id order by f.rank limit 1) as phone,
      (select json_agg(json_build_object('step', n.step, 'visitTypeId', n.visit_type_id, 'practitionerId', n.practitioner_id,
          'durationMinutes', n.duration_minutes, 'minGapDays', n.min_gap_days, 'maxGapDays', n.max_gap_days,
          'appointment', case when a.id is not null then json_build_object('id', a.id, 'practitionerId', a.practitioner_id, 'status', a.status,
            'startsAt', to_char(a.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) end) order by n.step)
        from next_visit_step n left join appointment a on a.clinic_id = n.clinic_id and a.id = n.appointment_id
        where n.clinic_id = o.clinic_id and n.order_id = o.id) as steps
    from next_visit_order o
    join patient p on p.clinic_id = o.clinic_id and p.id = o.patient_id
    join staff s on s.clinic_id = o.clinic_id and s.id = o.ordered_by
    where ${sql.join(when, sql` and `)}
    order by o.from_date, o.id limit ${limit}`.execute(db)
  return rows
}

/** The row, held until the transaction ends: an order is booked once. */
export const lockOrder = (tx: Tx, id: string): Promise<OrderRow | undefined> =>
  tx.selectFrom('next_visit_order').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const findOrder = (db: Db, id: string): Promise<OrderRow | undefined> =>
  db.selectFrom('next_visit_order').selectAll().where('id', '=', id).executeTakeFirst()

/** `booked_at` is the start of the visit that fulfils the step, if one does. */
export const stepsOf = (db: Db, orderId: string): Promise<(OrderStepRow & { booked_at: Instant | null; booked_with: string | null })[]> =>
  db
    .selectFrom('next_visit_step as s')
    .leftJoin('appointment as a', (join) => join.onRef('a.clinic_id', '=', 's.clinic_id').onRef('a.id', '=', 's.appointment_id'))
    .selectAll('s')
    .select(['a.starts_at as booked_at', 'a.practitioner_id as booked_with'])
    .where('s.order_id', '=', orderId)
    .orderBy('s.step')
    .execute()

/** Every place of a branch that visits of these kinds may need, and everyone and everything that may be chosen for their further needs. */
export async function placesForTypes(db: Db, branchId: string, visitTypeIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select r.id from resource r where r.branch_id = ${branchId}::uuid and r.kind in (select place_kind from visit_type v where v.id = any(${[...visitTypeIds]}::uuid[]))
    union select need_candidates(current_clinic(), v.id, ${branchId}::uuid) from visit_type v where v.id = any(${[...visitTypeIds]}::uuid[])`.execute(db)
  return rows.map((row) => row.id)
}

export async function insertOrder(tx: Tx, row: Insertable<NextVisitOrderTable>, steps: readonly Insertable<NextVisitStepTable>[]): Promise<void> {
  await Promise.all([tx.insertInto('next_visit_order').values(row).execute(), tx.insertInto('next_visit_step').values([...steps]).execute()])
}

export const linkStep = (tx: Tx, orderId: string, step: number, appointmentId: string) =>
  tx.updateTable('next_visit_step').set({ appointment_id: appointmentId }).where('order_id', '=', orderId).where('step', '=', step).execute()

/** Ends an order one way or the other. The caller holds its lock. */
export const closeOrder = (tx: Tx, order: Pick<OrderRow, 'id' | 'version'>, status: 'booked' | 'cancelled', reason = '') =>
  tx.updateTable('next_visit_order').set({ status, cancel_reason: reason, version: order.version + 1 }).where('id', '=', order.id).execute()

/** Length and buffers of kinds of visits, as they are now. */
export const visitTypesOf = (db: Db, ids: readonly string[]) =>
  db
    .selectFrom('visit_type')
    .select(['id', 'duration_minutes', 'buffer_before_minutes', 'buffer_after_minutes', 'active'])
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .execute()

export const zoneOf = (db: Db, branchId: string): Promise<{ time_zone: string } | undefined> =>
  db.selectFrom('branch').select('time_zone').where('id', '=', branchId).executeTakeFirst()
