import { patientCard } from '@yoman/db/appointments/diary-patient'
import type { Db } from '@yoman/db/database'
import { findAppointment, statusSteps } from '@yoman/db/appointments/queries'
import { paperOf } from '@yoman/db/papers/queries'
import { allow } from '@yoman/domain/access'
import { statusBefore } from '@yoman/domain/appointments/undo'
import { NotFound } from '@yoman/domain/refusal'
import { dateIn, type Instant } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { askedOf } from '../fields/asked.ts'
import { read } from '../transact.ts'

/** One appointment with its patient and its whole life. Holds are no appointments yet. Throws `NotFound`. */
export async function readAppointment(ctx: Context, id: string) {
  allow(ctx.actor, 'diary.read')
  return read(ctx, async (db) => {
    const [appointment, steps] = await Promise.all([findAppointment(db, ctx.clinicId, id), statusSteps(db, ctx.clinicId, id)])
    if (!appointment || appointment.patientId === null) throw new NotFound('appointment')
    const [patient, paper, asked] = await Promise.all([patientCard(db, ctx.clinicId, appointment.patientId), paperOf(db, ctx.clinicId, id), askedAt(ctx, db, { ...appointment, patientId: appointment.patientId })])
    return { appointment, patient, steps, paper, asked, undoTo: statusBefore(steps)?.status ?? null }
  })
}

/** What to ask when this visit is on the screen; nothing more once it is over. */
async function askedAt(ctx: Context, db: Db, { id, patientId, status, startsAt }: { id: string; patientId: string; status: string; startsAt: Instant }): Promise<{ patient: string[]; visit: string[] }> {
  const over = status === 'cancelled' || status === 'no_show' || dateIn('Asia/Jerusalem', startsAt).until(dateIn('Asia/Jerusalem', ctx.now)).sign > 0
  if (over) return { patient: [], visit: [] }
  const [patient, visit] = await Promise.all([askedOf(ctx, db, { subject: 'patient', id: patientId }), askedOf(ctx, db, { subject: 'visit', id })])
  return { patient, visit }
}
