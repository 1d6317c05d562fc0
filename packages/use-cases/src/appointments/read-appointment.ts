import { patientCard } from '@yoman/db/appointments/diary-patient'
import { findAppointment, statusSteps } from '@yoman/db/appointments/queries'
import { paperOf } from '@yoman/db/papers/queries'
import { allow } from '@yoman/domain/access'
import { statusBefore } from '@yoman/domain/appointments/undo'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'

/** One appointment with its patient and its whole life. Holds are no appointments yet. Throws `NotFound`. */
export async function readAppointment(ctx: Context, id: string) {
  allow(ctx.actor, 'diary.read')
  return read(ctx, async (db) => {
    const [appointment, steps] = await Promise.all([findAppointment(db, ctx.clinicId, id), statusSteps(db, ctx.clinicId, id)])
    if (!appointment || appointment.patientId === null) throw new NotFound('appointment')
    const [patient, paper] = await Promise.all([patientCard(db, ctx.clinicId, appointment.patientId), paperOf(db, ctx.clinicId, id)])
    return { appointment, patient, steps, paper, undoTo: statusBefore(steps)?.status ?? null }
  })
}
