import { lockResources } from '@yoman/db/appointments/lock'
import { closeOrder, linkStep, lockOrder, placesForTypes, stepsOf, zoneOf } from '@yoman/db/orders/queries'
import { allow } from '@yoman/domain/access'
import { checkBooking } from '@yoman/domain/orders/order'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { instant } from '@yoman/domain/time'
import { bookIn } from '../appointments/book.ts'
import { again } from '../appointments/ground.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { loadOrder, type OrderView } from './read.ts'

export interface OrderBooking {
  version: number
  visits: readonly { appointmentId: string; step: number; practitionerId: string; placeId?: string | null; alsoIds?: readonly string[]; startsAt: string }[]
}

/**
 * Books all that an order still lacks, or nothing of it; the same request again finds its own visits. Throws what `checkBooking`
 * and the booking of a visit throw, and `stale_version`.
 */
export async function bookOrder(ctx: Context, id: string, { version, visits }: OrderBooking): Promise<OrderView> {
  allow(ctx.actor, 'order.book')
  return again(() =>
    transact(ctx, async (tx) => {
      const order = await lockOrder(tx, id)
      if (!order) throw new NotFound('order')
      const steps = await stepsOf(tx, id)
      const stepOf = (number: number) => steps.find((step) => step.step === number)
      if (visits.every((visit) => stepOf(visit.step)?.appointment_id === visit.appointmentId)) return loadOrder(tx, id)
      const zone = (await zoneOf(tx, order.branch_id))?.time_zone ?? ''
      const wanted = visits.map((visit) => ({ ...visit, startsAt: instant(visit.startsAt) }))
      checkBooking({ status: order.status, steps: steps.map(ruleStep) }, wanted, zone)
      if (order.version !== version) throw new Refusal('stale_version', { current: order.version })

      // All places that may be chosen, and all people, at once: everyone takes locks in one order, so nobody waits in a ring.
      const places = await placesForTypes(tx, order.branch_id, steps.map((step) => step.visit_type_id))
      await lockResources(tx, { clinicId: ctx.clinicId, resourceIds: [...new Set([...places, ...wanted.flatMap((visit) => [visit.practitionerId, ...(visit.alsoIds ?? [])])])] })
      for (const visit of wanted) {
        const step = stepOf(visit.step)
        if (!step) throw new Refusal('order_steps_missing')
        await bookIn(tx, ctx, {
          id: visit.appointmentId,
          patientId: order.patient_id,
          branchId: order.branch_id,
          practitionerId: visit.practitionerId,
          visitTypeId: step.visit_type_id,
          startsAt: visit.startsAt,
          durationMinutes: step.duration_minutes,
          placeId: visit.placeId,
          ...(visit.alsoIds ? { alsoIds: visit.alsoIds } : {}),
          order: { id, step: visit.step },
        })
        await linkStep(tx, id, visit.step, visit.appointmentId)
      }
      await closeOrder(tx, order, 'booked')
      const details = { appointmentIds: wanted.map((visit) => visit.appointmentId) }
      await recordEvents(tx, ctx, [{ name: 'order.booked', subject: { type: 'order', id }, patientId: order.patient_id, branchId: order.branch_id, details }])
      return loadOrder(tx, id)
    }),
  )
}

const ruleStep = (step: Awaited<ReturnType<typeof stepsOf>>[number]) => ({
  step: step.step,
  durationMinutes: step.duration_minutes,
  minGapDays: step.min_gap_days,
  maxGapDays: step.max_gap_days,
  bookedAt: step.booked_at,
})
