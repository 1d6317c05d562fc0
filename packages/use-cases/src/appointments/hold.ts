import { findAppointment, lockAppointment } from '@yoman/db/appointments/queries'
import { insertAppointment } from '@yoman/db/appointments/save'
import type { Tx } from '@yoman/db/database'
import { allow, allowIn } from '@yoman/domain/access'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import { hold } from '@yoman/domain/appointments/hold'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { type PlaceWanted, groundOf, placementOf } from './book.ts'
import { again, endHoldsOf, lockChosen, lockGround, newStep, occupiedOf } from './ground.ts'

export interface HoldWanted extends PlaceWanted {
  /** The asker's own hold that this one replaces; one that has ended meanwhile is fine. */
  insteadOf?: string | undefined
}

/** Keeps a place for some minutes; the same id again answers the same hold. Throws what `arrange` throws, `id_taken`. */
export async function holdPlace(ctx: Context, wanted: HoldWanted): Promise<Appointment> {
  allowIn(ctx.actor, 'appointment.book', wanted.branchId)
  if (wanted.outsideHours) allow(ctx.actor, 'appointment.outside_hours')
  return again((surely) =>
    transact(ctx, async (tx) => {
      const { situation, known } = await lockGround(tx, ctx, { ...groundOf(wanted, surely), ids: [wanted.id] })
      const existing = known.includes(wanted.id) ? await findAppointment(tx, ctx.clinicId, wanted.id) : null
      if (existing) {
        if (existing.status !== 'held' || existing.createdBy !== ctx.actor.staffId) throw new Refusal('id_taken')
        return existing
      }
      const replaced = wanted.insteadOf === undefined ? null : await ownHold(tx, ctx, wanted.insteadOf)
      const request = { ...placementOf(wanted, replaced ? [replaced.id] : []), id: wanted.id, visitTypeId: wanted.visitTypeId }
      const { held, arranged, events } = hold(request, situation, ctx.actor.staffId, ctx.now)
      await Promise.all([
        lockChosen(tx, ctx, arranged),
        endHoldsOf(tx, ctx, arranged.expiredHolds, 'expired'),
        endHoldsOf(tx, ctx, replaced ? [replaced.id] : [], 'released'),
        insertAppointment(tx, ctx.clinicId, held, occupiedOf(arranged), newStep(ctx, { status: 'held', reason: '' })),
        recordEvents(tx, ctx, events),
      ])
      return held
    }),
  )
}

/** Lets go of a hold that the actor made; of one that has ended already too. Throws `NotFound` for anything else. */
export async function releaseHold(ctx: Context, id: string): Promise<void> {
  allow(ctx.actor, 'appointment.book')
  await transact(ctx, async (tx) => {
    const held = await lockAppointment(tx, ctx.clinicId, id)
    if (!held || held.patientId !== null || held.createdBy !== ctx.actor.staffId) throw new NotFound('hold')
    if (held.status === 'held') await endHoldsOf(tx, ctx, [id], 'released')
  })
}

/** Locked, so that nobody ends it twice; null where it has ended, or is nothing that this person may give up. */
async function ownHold(tx: Tx, ctx: Context, id: string): Promise<Appointment | null> {
  const held = await lockAppointment(tx, ctx.clinicId, id)
  return held?.status === 'held' && held.createdBy === ctx.actor.staffId ? held : null
}
