import { lockAppointment } from '@yoman/db/appointments/queries'
import type { Tx } from '@yoman/db/database'
import { askedPaper, deleteReceipt, findReceipt, insertReceipt } from '@yoman/db/papers/queries'
import { allow, allowIn } from '@yoman/domain/access'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import { missPaper, type PaperReceipt, receivePaper } from '@yoman/domain/papers/paper'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'

/** Somebody has the paper of a visit in hand. Throws `paper_not_asked`, `appointment_is_final`, `NotFound`. */
export function tickPaper(ctx: Context, id: string): Promise<PaperReceipt> {
  allow(ctx.actor, 'appointment.flow')
  return transact(ctx, async (tx) => {
    const visit = await lockVisit(tx, ctx, id)
    const asked = await askedPaper(tx, ctx.clinicId, visit.visitTypeId)
    const known = await findReceipt(tx, ctx.clinicId, id, asked)
    const { receipt, events } = receivePaper(visit, asked, known, ctx.actor.staffId, ctx.now)
    if (!known) await Promise.all([insertReceipt(tx, ctx.clinicId, receipt), recordEvents(tx, ctx, events)])
    return receipt
  })
}

/** It was a mistake. One that nobody received is fine: somebody was faster. Throws `NotFound`. */
export async function untickPaper(ctx: Context, id: string): Promise<void> {
  allow(ctx.actor, 'appointment.flow')
  await transact(ctx, async (tx) => {
    const visit = await lockVisit(tx, ctx, id)
    const kind = await askedPaper(tx, ctx.clinicId, visit.visitTypeId)
    if (kind !== 'none' && (await deleteReceipt(tx, ctx.clinicId, id, kind))) await recordEvents(tx, ctx, missPaper(visit, kind))
  })
}

async function lockVisit(tx: Tx, ctx: Context, id: string): Promise<Appointment> {
  const visit = await lockAppointment(tx, ctx.clinicId, id)
  if (!visit || visit.patientId === null) throw new NotFound('appointment')
  allowIn(ctx.actor, 'appointment.flow', visit.branchId)
  return visit
}
