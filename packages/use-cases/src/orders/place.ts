import { findEncounter } from '@yoman/db/encounters/queries'
import { closeOrder, findOrder, insertOrder, lockOrder, visitTypesOf, zoneOf } from '@yoman/db/orders/queries'
import { allow } from '@yoman/domain/access'
import { checkOpen, gapOf, orderWindow, type TypedWindow } from '@yoman/domain/orders/order'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { loadOrder, type OrderView } from './read.ts'

export interface NewOrder {
  id: string
  patientId: string
  encounterId?: string | null
  branchId: string
  window: TypedWindow
  noteToDesk?: string
  steps: readonly { visitTypeId: string; practitionerId?: string | null; durationMinutes?: number; minGapDays?: number; maxGapDays?: number }[]
}

/** Writes down what comes next; a repeated request finds its own order. Throws `order_window_invalid`, `reference_unknown`, `id_taken`. */
export async function placeOrder(ctx: Context, order: NewOrder): Promise<OrderView> {
  allow(ctx.actor, 'order.write')
  const orderedBy = ctx.actor.staffId
  if (!orderedBy) throw new Error('an order has a person behind it')
  return transact(ctx, async (tx) => {
    const [mine, branch, types] = await Promise.all([findOrder(tx, order.id), zoneOf(tx, order.branchId), visitTypesOf(tx, order.steps.map((step) => step.visitTypeId))])
    if (mine) {
      if (mine.patient_id !== order.patientId || mine.ordered_by !== orderedBy) throw new Refusal('id_taken')
      return loadOrder(tx, order.id)
    }
    if (!branch) throw new Refusal('reference_unknown')
    // Another patient's encounter would tell of the one in the record of the other.
    if (order.encounterId && (await findEncounter(tx, order.encounterId))?.patient_id !== order.patientId) throw new Refusal('reference_unknown')
    const { from, to } = orderWindow(order.window, dateIn(branch.time_zone, ctx.now))
    const steps = order.steps.map((step, place) => {
      const type = types.find((one) => one.id === step.visitTypeId)
      if (!type) throw new Refusal('reference_unknown')
      // The first visit follows nothing: its day is the window's.
      const gap = place === 0 ? { minGapDays: 0, maxGapDays: 0 } : gapOf(step)
      return {
        clinic_id: ctx.clinicId,
        order_id: order.id,
        step: place + 1,
        visit_type_id: step.visitTypeId,
        practitioner_id: step.practitionerId ?? null,
        duration_minutes: step.durationMinutes ?? type.duration_minutes,
        min_gap_days: gap.minGapDays,
        max_gap_days: gap.maxGapDays,
        appointment_id: null,
      }
    })
    const row = {
      clinic_id: ctx.clinicId,
      id: order.id,
      patient_id: order.patientId,
      encounter_id: order.encounterId ?? null,
      branch_id: order.branchId,
      ordered_by: orderedBy,
      from_date: from,
      to_date: to,
      note_to_desk: order.noteToDesk ?? '',
      created_at: ctx.now,
    }
    await insertOrder(tx, row, steps)
    const details = { from: String(from), to: String(to), steps: steps.length }
    await recordEvents(tx, ctx, [{ name: 'order.placed', subject: { type: 'order', id: order.id }, patientId: order.patientId, branchId: order.branchId, details }])
    return loadOrder(tx, order.id)
  })
}

/** Closes an order that will not be booked. Throws `stale_version`, `order_already_booked`, `order_cancelled`. */
export async function cancelOrder(ctx: Context, id: string, { version, reason }: { version: number; reason: string }): Promise<OrderView> {
  allow(ctx.actor, 'order.book')
  return transact(ctx, async (tx) => {
    const order = await lockOrder(tx, id)
    if (!order) throw new NotFound('order')
    checkOpen(order)
    if (order.version !== version) throw new Refusal('stale_version', { current: order.version })
    await closeOrder(tx, order, 'cancelled', reason.trim())
    await recordEvents(tx, ctx, [{ name: 'order.cancelled', subject: { type: 'order', id }, patientId: order.patient_id, branchId: order.branch_id }])
    return loadOrder(tx, id)
  })
}
