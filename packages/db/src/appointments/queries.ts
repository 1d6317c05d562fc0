import type { Appointment, StatusStep } from '@yoman/domain/appointments/appointment'
import { sql } from 'kysely'
import type { Db, Tx } from '../database.ts'

const selectAppointment = (db: Db, clinicId: string, id: string) =>
  db
    .selectFrom('appointment')
    .selectAll('appointment')
    // The practitioner first: the others are told apart by that.
    .select(
      sql<string[]>`array(select resource_id from allocation where allocation.clinic_id = appointment.clinic_id
        and appointment_id = appointment.id order by resource_id <> appointment.practitioner_id, resource_id)`.as('resource_ids'),
    )
    .where('appointment.clinic_id', '=', clinicId)
    .where('appointment.id', '=', id)

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof selectAppointment>['executeTakeFirst']>>>

export async function findAppointment(db: Db, clinicId: string, id: string): Promise<Appointment | null> {
  const row = await selectAppointment(db, clinicId, id).executeTakeFirst()
  return row ? appointmentOf(row) : null
}

/**
 * The same, kept from being changed by others until the transaction ends. Take it before the locks of its resources. Who only refers
 * to it (a row of the rebooking list) need not wait: they may hold the locks that come next.
 */
export async function lockAppointment(tx: Tx, clinicId: string, id: string): Promise<Appointment | null> {
  const row = await selectAppointment(tx, clinicId, id).forNoKeyUpdate().executeTakeFirst()
  return row ? appointmentOf(row) : null
}

/** Those of some ids that are appointments or holds already. */
export async function knownIds(db: Db, clinicId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await db.selectFrom('appointment').select('id').where('clinic_id', '=', clinicId).where(sql<boolean>`id = any(${[...ids]}::uuid[])`).execute()
  return rows.map((row) => row.id)
}

const appointmentOf = (row: Row): Appointment => ({
  id: row.id,
  branchId: row.branch_id,
  practitionerId: row.practitioner_id,
  patientId: row.patient_id,
  visitTypeId: row.visit_type_id,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  status: row.status,
  holdExpiresAt: row.hold_expires_at,
  deskNote: row.desk_note,
  cancelReason: row.cancel_reason,
  orderId: row.order_id,
  orderStep: row.order_step,
  version: row.version,
  createdBy: row.created_by,
  resourceIds: row.resource_ids,
  overbooked: row.overbook_reason !== null && row.overbooked_at !== null ? { reason: row.overbook_reason, at: row.overbooked_at, by: row.overbooked_by } : null,
})

/** The life of an appointment, oldest step first. Ids are made in order, so they order even where the demo's clock was turned back. */
export function statusSteps(db: Db, clinicId: string, appointmentId: string) {
  return db
    .selectFrom('appointment_status as s')
    .leftJoin('staff', (join) => join.onRef('staff.clinic_id', '=', 's.clinic_id').onRef('staff.id', '=', 's.by_staff_id'))
    .select(['s.status', 's.at', 's.by_staff_id', 's.reason', 's.by_patient', 'staff.name as by_name'])
    .where('s.clinic_id', '=', clinicId)
    .where('s.appointment_id', '=', appointmentId)
    .orderBy('s.id')
    .$narrowType<{ status: StatusStep['status'] }>()
    .execute()
}

/** The IANA zone of a branch; undefined when it is not there. */
export async function zoneOfBranch(db: Db, clinicId: string, branchId: string): Promise<string | undefined> {
  const row = await db.selectFrom('branch').select('time_zone').where('clinic_id', '=', clinicId).where('id', '=', branchId).executeTakeFirst()
  return row?.time_zone
}
