import type { DomainEvent } from '../events.ts'
import { type Instant, addMinutes } from '../time.ts'
import type { Appointment } from './appointment.ts'
import { type Arranged, type Placement, arrange } from './arrange.ts'
import { appointmentEvent } from './events.ts'
import type { Situation } from './situation.ts'

/** How long a place is kept while somebody fills in the booking. */
export const holdMinutes = 5

export interface HoldRequest extends Placement {
  id: string
  visitTypeId: string
}

/** Keeps a place for a few minutes, or until `expires`. Throws what `arrange` throws. */
export function hold(request: HoldRequest, situation: Situation, by: string | null, now: Instant, expires = addMinutes(now, holdMinutes)): { held: Appointment; arranged: Arranged; events: DomainEvent[] } {
  const arranged = arrange(request, situation, now)
  const held: Appointment = {
    id: request.id,
    branchId: request.branchId,
    practitionerId: request.practitionerId,
    patientId: null,
    visitTypeId: request.visitTypeId,
    startsAt: arranged.startsAt,
    endsAt: arranged.endsAt,
    status: 'held',
    holdExpiresAt: expires,
    deskNote: '',
    cancelReason: null,
    orderId: null,
    orderStep: null,
    version: 1,
    createdBy: by,
    resourceIds: arranged.resourceIds,
    overbooked: null,
  }
  const details = { startsAt: held.startsAt.toString(), endsAt: held.endsAt.toString(), resourceIds: held.resourceIds, expiresAt: expires.toString() }
  return { held, arranged, events: [appointmentEvent('appointment.held', held, details)] }
}

/** Lets go of a hold, whether its time has run out or somebody changed their mind. */
export const release = (held: Appointment): DomainEvent[] => [appointmentEvent('appointment.released', held, { startsAt: held.startsAt.toString() })]
