import { type CashClosing, findClosing, insertClosing, lastClosing, lockDesk, openPayments } from '@yoman/db/cash-desk/queries'
import { allowIn } from '@yoman/domain/access'
import { closeDesk, type Counted, expectedOf } from '@yoman/domain/cash-desk/close'
import { heldBy, requireClosable } from '@yoman/domain/cash-desk/day'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn, type PlainDate } from '@yoman/domain/time'
import { personOf } from '../acting.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { ground, onDays } from './read.ts'

export interface ClosingRequest {
  id: string
  branchId: string
  /** On the branch's wall. */
  day: PlainDate
  counted: readonly Counted[]
  /** Stays in the drawer for the next day. */
  left: number
}

/**
 * Closes a branch's cash desk for a day, once, that evening or later. It holds the open payments until that day's end that are seen now; one
 * that is being written belongs to the next closing. Sent twice with one id it is one. Refuses `cash_desk_closed`, `cash_day_ahead`, `cash_desk_moved`, `difference_needs_reason`, `more_left_than_counted`, `id_taken`.
 */
export async function closeCashDesk(ctx: Context, { id, branchId, day, counted, left }: ClosingRequest): Promise<void> {
  allowIn(ctx.actor, 'cash.close', branchId)
  const closedBy = personOf(ctx)
  await transact(ctx, async (tx) => {
    const zone = await lockDesk(tx, branchId)
    if (zone === undefined) throw new NotFound('branch')
    const known = await findClosing(tx, id)
    if (known) return sameAs(known, { branchId, day, left })
    const today = dateIn(zone, ctx.now)
    const last = await lastClosing(tx, branchId)
    requireClosable(day, last?.day ?? null, today)
    const { since, from } = ground(zone, today, last)
    const payments = heldBy(onDays(zone, await openPayments(tx, branchId, from, ctx.now)), day)
    const means = closeDesk(expectedOf(payments, last?.left_agorot ?? 0), counted, left)
    await insertClosing(
      tx,
      { clinic_id: ctx.clinicId, id, branch_id: branchId, day, since, closed_at: ctx.now, closed_by: closedBy, left_agorot: left },
      means.map((one) => ({ clinic_id: ctx.clinicId, closing_id: id, method: one.method, payments: one.payments, refunds: one.refunds, refunded_agorot: one.refunded, expected_agorot: one.expected, counted_agorot: one.counted, reason: one.reason })),
      payments,
    )
    await recordEvents(tx, ctx, [{ name: 'cash_desk.closed', subject: { type: 'cash_closing', id }, branchId, details: { day: day.toString(), differs: means.some((one) => one.counted !== one.expected) } }])
  })
}

function sameAs(known: CashClosing, { branchId, day, left }: Pick<ClosingRequest, 'branchId' | 'day' | 'left'>): void {
  if (known.branch_id !== branchId || !known.day.equals(day) || known.left_agorot !== left) throw new Refusal('id_taken')
}
