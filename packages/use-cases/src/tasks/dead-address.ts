import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import { addressKey } from '@yoman/db/messages/dead-addresses'
import type { MessageRow } from '@yoman/db/messages/queries'
import { type Address, closeAnsweredAddressTasks, closeIfChangedMeanwhile, nextWithAddress, openAddressTask, reopenAddressTasks, type WhoToAsk, whoseAddress } from '@yoman/db/tasks/dead-addresses'
import { askForAddressBy } from '@yoman/domain/tasks/dead-address'
import type { Instant } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'

type About = Pick<MessageRow, 'channel' | 'to_address' | 'patient_id' | 'appointment_id' | 'appointment_starts_at'>

/**
 * The address of a message is dead: whoever has it is to be asked for another, a task of the desk, one for each address of a patient.
 * A number without WhatsApp is as good as any other, and one that no call reaches shows by its SMS, so those are nobody's task.
 */
export async function askForAnotherAddress(tx: Tx, ctx: Context, message: About): Promise<void> {
  if (message.channel !== 'sms' && message.channel !== 'email') return
  const dead: Address = { channel: message.channel, address: addressKey(message.to_address) }
  const who = await whoseAddress(tx, dead, { patientId: message.patient_id, appointmentId: message.appointment_id })
  if (who) await ask(tx, ctx, dead, who, askForAddressBy(ctx.now, message.appointment_starts_at))
}

/**
 * Addresses of these patients were changed, or one address was said to work: what asked for it is done. What a change that was taken
 * back had closed is open again. Whoever else has an address that stays dead is asked next: a family is asked one after the other.
 */
export async function settleAddressTasks(tx: Tx, ctx: Context, of: readonly string[] | Address): Promise<void> {
  const closed = await closeAnsweredAddressTasks(tx, of, ctx.now, ctx.actor.staffId)
  const reopened = 'address' in of ? [] : await reopenAddressTasks(tx, of, { now: ctx.now, dueAt: askForAddressBy(ctx.now, null) })
  await recordEvents(tx, ctx, [
    ...closed.map(({ id, patientId, branchId, because }) => ({ name: 'task.closed' as const, subject: { type: 'task' as const, id }, patientId, branchId, details: { from: 'open', to: 'kept', because } })),
    ...reopened.map(({ id, patientId, branchId }) => ({ name: 'task.reopened' as const, subject: { type: 'task' as const, id }, patientId, branchId, details: { from: 'kept', to: 'open' } })),
  ])
  for (const { channel, address } of closed.filter(({ because }) => because === 'changed')) {
    const next = await nextWithAddress(tx, { channel, address })
    if (next) await ask(tx, ctx, { channel, address }, next, askForAddressBy(ctx.now, null))
  }
}

async function ask(tx: Tx, ctx: Context, dead: Address, { patientId, branchId }: WhoToAsk, dueAt: Instant): Promise<void> {
  const id = await openAddressTask(tx, { clinic_id: ctx.clinicId, id: uuid(), branch_id: branchId, patient_id: patientId, due_at: dueAt, created_at: ctx.now, ...dead })
  if (id === null) return
  await recordEvents(tx, ctx, [{ name: 'task.made', subject: { type: 'task', id }, patientId, branchId, details: { dueAt: dueAt.toString(), about: 'dead_address', channel: dead.channel } }])
  if (!(await closeIfChangedMeanwhile(tx, id, ctx.now))) return
  await recordEvents(tx, ctx, [{ name: 'task.closed', subject: { type: 'task', id }, patientId, branchId, details: { from: 'open', to: 'kept', because: 'changed' } }])
}
