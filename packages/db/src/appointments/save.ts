import { sql } from 'kysely'
import type { Appointment, StatusStep } from '@yoman/domain/appointments/appointment'
import type { Instant } from '@yoman/domain/time'
import type { Tx } from '../database.ts'

/** One row of an appointment's life as it is written. */
export interface NewStep extends StatusStep {
  id: string
  at: Instant
  by: string | null
  /** The patient did it, by a link or a reply. */
  byPatient: boolean
}

/** For when an appointment occupies what it occupies, and what of it shares its time with another. */
export interface Occupied {
  startsAt: Instant
  endsAt: Instant
  overbookedIds: readonly string[]
}

/** A new appointment or hold with what it occupies and the first step of its life, in one statement. The exclusion constraint has the last word. */
export async function insertAppointment(tx: Tx, clinicId: string, appointment: Appointment, occupied: Occupied, step: NewStep): Promise<void> {
  const a = appointment
  await sql`
    with made as (insert into appointment (clinic_id, id, branch_id, patient_id, practitioner_id, visit_type_id, starts_at, ends_at, status,
        hold_expires_at, desk_note, order_id, order_step, version, created_by, created_at, overbook_reason, overbooked_at, overbooked_by)
      values (${clinicId}, ${a.id}, ${a.branchId}, ${a.patientId}, ${a.practitionerId}, ${a.visitTypeId}, ${a.startsAt}, ${a.endsAt}, ${a.status},
        ${a.holdExpiresAt}, ${a.deskNote}, ${a.orderId}, ${a.orderStep}, ${a.version}, ${a.createdBy}, ${step.at},
        ${a.overbooked?.reason ?? null}, ${a.overbooked?.at ?? null}, ${a.overbooked?.by ?? null})),
    placed as (insert into allocation (clinic_id, appointment_id, resource_id, starts_at, ends_at, overbooked)
      select ${clinicId}::uuid, ${a.id}::uuid, resource_id, ${occupied.startsAt}::timestamptz, ${occupied.endsAt}::timestamptz, resource_id = any(${[...occupied.overbookedIds]}::uuid[])
      from unnest(${a.resourceIds}::uuid[]) as resource_id)
    insert into appointment_status (clinic_id, id, appointment_id, status, at, by_staff_id, reason, by_patient)
      values (${clinicId}, ${step.id}, ${a.id}, ${step.status}, ${step.at}, ${step.by}, ${step.reason}, ${step.byPatient})`.execute(tx)
}

/** Where an appointment lies now: its row and what it occupies. The old places are given back first, then the new ones taken. */
export async function saveMoved(tx: Tx, clinicId: string, appointment: Appointment, occupied: Occupied): Promise<void> {
  const a = appointment
  await Promise.all([
    saveChanged(tx, clinicId, a),
    tx.deleteFrom('allocation').where('clinic_id', '=', clinicId).where('appointment_id', '=', a.id).execute(),
    sql`insert into allocation (clinic_id, appointment_id, resource_id, starts_at, ends_at, overbooked)
      select ${clinicId}::uuid, ${a.id}::uuid, resource_id, ${occupied.startsAt}::timestamptz, ${occupied.endsAt}::timestamptz, resource_id = any(${[...occupied.overbookedIds]}::uuid[])
      from unnest(${a.resourceIds}::uuid[]) as resource_id`.execute(tx),
  ])
}

/** Everything of the row that may change. The row must be locked: the version is not looked at again. */
export async function saveChanged(tx: Tx, clinicId: string, a: Appointment): Promise<void> {
  await tx
    .updateTable('appointment')
    .set({
      practitioner_id: a.practitionerId, visit_type_id: a.visitTypeId, starts_at: a.startsAt, ends_at: a.endsAt, status: a.status,
      hold_expires_at: a.holdExpiresAt, desk_note: a.deskNote, cancel_reason: a.cancelReason, order_id: a.orderId, order_step: a.orderStep, version: a.version,
      overbook_reason: a.overbooked?.reason ?? null, overbooked_at: a.overbooked?.at ?? null, overbooked_by: a.overbooked?.by ?? null,
    })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', a.id)
    .execute()
}

/** Gives back what an appointment occupies, or takes it again. */
export async function setOccupies(tx: Tx, clinicId: string, appointmentId: string, occupies: boolean): Promise<void> {
  await tx.updateTable('allocation').set({ occupies }).where('clinic_id', '=', clinicId).where('appointment_id', '=', appointmentId).execute()
}

/** Takes again what a cancelled appointment had given back; `overbookedIds` shares its time with another by now. */
export async function occupyAgain(tx: Tx, clinicId: string, appointmentId: string, overbookedIds: readonly string[]): Promise<void> {
  await tx
    .updateTable('allocation')
    .set({ occupies: true, overbooked: sql<boolean>`resource_id = any(${[...overbookedIds]}::uuid[])` })
    .where('clinic_id', '=', clinicId)
    .where('appointment_id', '=', appointmentId)
    .execute()
}

export async function insertStep(tx: Tx, clinicId: string, appointmentId: string, { id, status, at, by, reason, byPatient }: NewStep): Promise<void> {
  await tx.insertInto('appointment_status').values({ clinic_id: clinicId, id, appointment_id: appointmentId, status, at, by_staff_id: by, reason, by_patient: byPatient }).execute()
}

/** Ends holds and gives back what they kept, in one statement. Those that are no holds any more are left alone. */
export async function endHolds(tx: Tx, clinicId: string, holds: readonly { id: string; stepId: string }[], step: Omit<NewStep, 'id' | 'status' | 'byPatient'>): Promise<void> {
  await sql`
    with given as (select * from unnest(${holds.map((hold) => hold.id)}::uuid[], ${holds.map((hold) => hold.stepId)}::uuid[]) as t(id, step_id)),
      ended as (update appointment a set status = 'cancelled', hold_expires_at = null, version = a.version + 1 from given
        where a.clinic_id = ${clinicId}::uuid and a.id = given.id and a.status = 'held' returning a.id, given.step_id),
      freed as (update allocation set occupies = false where clinic_id = ${clinicId}::uuid and appointment_id in (select id from ended))
    insert into appointment_status (clinic_id, id, appointment_id, status, at, by_staff_id, reason)
      select ${clinicId}::uuid, step_id, id, 'cancelled', ${step.at}::timestamptz, ${step.by}::uuid, ${step.reason} from ended`.execute(tx)
}

/** Holds whose time has run out and that lie where this appointment's own allocations are. */
export async function expiredHoldsAt(tx: Tx, clinicId: string, appointmentId: string, now: Instant): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct h.id from allocation mine
      join allocation theirs on theirs.clinic_id = mine.clinic_id and theirs.resource_id = mine.resource_id and theirs.occupies
        and theirs.starts_at < mine.ends_at and theirs.ends_at > mine.starts_at and theirs.starts_at > mine.starts_at - interval '1 day'
      join appointment h on h.clinic_id = theirs.clinic_id and h.id = theirs.appointment_id and h.status = 'held' and h.hold_expires_at <= ${now}::timestamptz
    where mine.clinic_id = ${clinicId}::uuid and mine.appointment_id = ${appointmentId}::uuid`.execute(tx)
  return rows.map((row) => row.id)
}
