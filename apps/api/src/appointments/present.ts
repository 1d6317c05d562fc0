import type { Appointment as Wire } from '@yoman/contract/appointments'
import type { Hold } from '@yoman/contract/holds'
import type { Appointment } from '@yoman/domain/appointments/appointment'

/** An appointment as it crosses the wire. A hold has no patient and goes out by `presentHold`. */
export function presentAppointment(a: Appointment): Wire {
  if (a.patientId === null) throw new Error('a hold is no appointment yet')
  return {
    id: a.id,
    branchId: a.branchId,
    practitionerId: a.practitionerId,
    resourceIds: [...a.resourceIds],
    patientId: a.patientId,
    visitTypeId: a.visitTypeId,
    startsAt: a.startsAt.toString(),
    endsAt: a.endsAt.toString(),
    status: a.status,
    cancelReason: a.cancelReason,
    deskNote: a.deskNote,
    orderId: a.orderId,
    orderStep: a.orderStep,
    overbookReason: a.overbooked?.reason ?? null,
    version: a.version,
  }
}

export function presentHold(a: Appointment): Hold {
  if (a.holdExpiresAt === null) throw new Error('only a hold runs out')
  return {
    id: a.id,
    branchId: a.branchId,
    practitionerId: a.practitionerId,
    resourceIds: [...a.resourceIds],
    visitTypeId: a.visitTypeId,
    startsAt: a.startsAt.toString(),
    endsAt: a.endsAt.toString(),
    expiresAt: a.holdExpiresAt.toString(),
  }
}
