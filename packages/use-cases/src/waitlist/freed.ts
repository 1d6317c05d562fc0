import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import { insertPlace } from '@yoman/db/waitlist/places'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import { isAfter } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'

/** A visit left its place, or an offer came to nothing: the place is proposed to the desk where somebody of the branch waits. */
export async function noteFreed(tx: Tx, ctx: Context, { branchId, practitionerId, startsAt, endsAt }: Pick<Appointment, 'branchId' | 'practitionerId' | 'startsAt' | 'endsAt'>): Promise<void> {
  if (!isAfter(startsAt, ctx.now)) return
  const id = await insertPlace(tx, { id: uuid(), branchId, practitionerId, startsAt, endsAt }, ctx.now)
  if (id === undefined) return
  await recordEvents(tx, ctx, [{ name: 'waitlist.freed', subject: { type: 'waitlist_place', id }, branchId, details: { practitionerId, startsAt: startsAt.toString() } }])
}
