import { v7 as uuid } from 'uuid'
import { lockResources } from '@yoman/db/appointments/lock'
import { countOverbookings } from '@yoman/db/appointments/overbookings'
import { type NewStep, endHolds } from '@yoman/db/appointments/save'
import { type Loaded, loadSituation } from '@yoman/db/availability/situation'
import type { Tx } from '@yoman/db/database'
import { type ReminderPolicy, replaceReminders } from '@yoman/db/reminders/plan'
import type { Appointment, StatusStep } from '@yoman/domain/appointments/appointment'
import type { Arranged } from '@yoman/domain/appointments/arrange'
import type { Situation } from '@yoman/domain/appointments/situation'
import { Refusal } from '@yoman/domain/refusal'
import { planReminders } from '@yoman/domain/reminders/plan'
import { type Instant, addMinutes, dateIn, dayPeriod } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'

export interface GroundWanted {
  branchId: string
  visitTypeId: string
  startsAt: Instant
  placeId: string | null
  /** All that is or will be occupied, as far as it is known before looking. */
  resourceIds: readonly string[]
  /** Lock all places that may be chosen before looking: more than the practitioner was asked for by id, or a first try was in vain. */
  allPlaces: boolean
  /** Nothing is chosen any more: only what is named is locked. */
  settled?: boolean
  /** For whom, where it is known. */
  patientId?: string | null
  /** Ids that may be appointments or holds already: an earlier try of the same request, the hold that it takes over. */
  ids: readonly string[]
}

// The longest visit and the longest buffer on both sides: nothing further away can be in the way.
const before = 120
const after = 720 + 120

/** Locks what a visit would occupy and reads all that decides whether it can be there: one flight. Throws `reference_unknown`. */
export async function lockGround(tx: Tx, ctx: Context, wanted: GroundWanted): Promise<Loaded> {
  const { branchId, visitTypeId, startsAt, resourceIds, patientId = null, ids } = wanted
  // A place that is chosen only after looking is locked then (`lockChosen`). With others named, places among them perhaps, that
  // could come in the wrong order: so all places that may be chosen are locked now. Those for further needs always are.
  const anyFor = wanted.settled ? null : { visitTypeId, branchId, places: wanted.placeId === null && wanted.allPlaces }
  // Statements are sent in the order in which they are called: the look comes after the locks.
  const [, loaded] = await Promise.all([
    lockResources(tx, { clinicId: ctx.clinicId, resourceIds, anyFor }),
    loadSituation(tx, { clinicId: ctx.clinicId, branchId, visitTypeId, resourceIds, anyPractitioner: false, from: addMinutes(startsAt, -before), to: addMinutes(startsAt, after), patientId, ids }),
  ])
  if (!loaded) throw new Refusal('reference_unknown')
  return loaded
}

/** The situation with the number of the practitioner's overbooked visits of that day. The practitioner must be locked. */
export async function withOverbookings(tx: Tx, ctx: Context, situation: Situation, of: { id: string; practitionerId: string; startsAt: Instant }): Promise<Situation> {
  const { start, end } = dayPeriod(situation.zone, dateIn(situation.zone, of.startsAt))
  return { ...situation, overbookings: await countOverbookings(tx, ctx.clinicId, { practitionerId: of.practitionerId, from: start, to: end, exceptId: of.id }) }
}

/** Locks the place that was chosen after looking. People came before, so nobody can wait for us while we wait for them. */
export const lockChosen = async (tx: Tx, ctx: Context, { placeChosen, resourceIds }: Arranged): Promise<void> =>
  placeChosen ? lockResources(tx, { clinicId: ctx.clinicId, resourceIds: resourceIds.slice(1) }) : undefined

/** Ends holds and gives back what they kept; those that are no holds any more are left alone. */
export async function endHoldsOf(tx: Tx, ctx: Context, holds: readonly string[], reason: 'expired' | 'booked' | 'released'): Promise<void> {
  if (holds.length === 0) return
  // Both are sent at once and not one after the other: nothing may be left to send when another statement of the flight fails.
  await Promise.all([
    endHolds(tx, ctx.clinicId, holds.map((id) => ({ id, stepId: uuid() })), { reason, at: ctx.now, by: ctx.actor.staffId }),
    recordEvents(tx, ctx, holds.map((id) => ({ name: 'appointment.released', subject: { type: 'appointment', id }, details: { reason } }))),
  ])
}

/** What an appointment occupies as it is written. */
export const occupiedOf = ({ occupied, overbookedIds }: Arranged) => ({ ...occupied, overbookedIds })

/** The reminders that fit an appointment as it is now, written in the same transaction as the change. */
export const planAgain = (tx: Tx, ctx: Context, appointment: Appointment, { rules, hours, wish }: ReminderPolicy): Promise<void> =>
  replaceReminders(tx, ctx.clinicId, appointment, planReminders(appointment, rules, hours, ctx.now, wish), uuid)

export const newStep = (ctx: Context, { status, reason }: StatusStep): NewStep => ({ id: uuid(), at: ctx.now, by: ctx.actor.staffId, byPatient: ctx.actor.kind === 'patient', status, reason })

/**
 * Tries once more, and then surely, when the last word of the database was no although all had looked free: somebody took the
 * place that was chosen here between the look and its lock. Surely means that every place that may be chosen is locked before
 * the look, so the second answer holds: another place, or the reason why there is none.
 */
export async function again<T>(work: (surely: boolean) => Promise<T>): Promise<T> {
  try {
    return await work(false)
  } catch (error) {
    // The domain's own refusal says which resource is taken; the constraint's cannot.
    const judged = error instanceof Refusal && error.code === 'slot_taken' && error.params['resourceId'] === undefined
    if (!judged) throw error
  }
  return work(true)
}
