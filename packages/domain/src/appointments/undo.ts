import { Refusal } from '../refusal.ts'
import type { Appointment, CancelReason, Status, StatusStep } from './appointment.ts'
import { appointmentEvent } from './events.ts'
import type { Stepped } from './steps.ts'

export const undoneReason = 'undone'
/** A step that a move brought about: what was agreed about the old time cannot be brought back for the new one. */
export const movedReason = 'moved to another time'

/** The status that undoing the last step would bring back; null where nothing is left to undo. Steps come oldest first. */
export function statusBefore(steps: readonly StatusStep[]): StatusStep | null {
  const standing: StatusStep[] = []
  for (const step of steps) {
    if (step.reason === undoneReason) standing.pop()
    else if (step.reason === movedReason) standing.splice(0, Infinity, step)
    else standing.push(step)
  }
  return standing.at(-2) ?? null
}

/**
 * Takes back the last step, as often as there are steps. Whether the place of a cancelled visit is still free is the caller's to
 * see to: it needs the locks. Throws `nothing_to_undo`.
 */
export function undo(appointment: Appointment, steps: readonly StatusStep[]): Stepped & { occupiesAgain: boolean } {
  const before = statusBefore(steps)
  if (!before || appointment.status === 'held') throw new Refusal('nothing_to_undo')
  const changed: Appointment = { ...appointment, status: before.status, cancelReason: reasonOf(before), version: appointment.version + 1 }
  const details = { from: appointment.status, to: before.status, startsAt: appointment.startsAt.toString() }
  return {
    appointment: changed,
    step: { status: before.status, reason: undoneReason },
    events: [appointmentEvent('appointment.undone', changed, details)],
    occupiesAgain: appointment.status === 'cancelled',
  }
}

const cancelReasons: readonly CancelReason[] = ['patient', 'clinic', 'moved', 'other']
const reasonOf = ({ status, reason }: { status: Status; reason: string }): CancelReason | null =>
  status === 'cancelled' ? (cancelReasons.find((known) => known === reason) ?? 'other') : null
