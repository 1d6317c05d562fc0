import type { Tx } from '@yoman/db/database'
import { type DeadAddress, deleteDeadAddress, insertDeadAddress, listDeadAddresses } from '@yoman/db/messages/dead-addresses'
import type { MessageRow } from '@yoman/db/messages/queries'
import { allow } from '@yoman/domain/access'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { askForAnotherAddress, settleAddressTasks } from '../tasks/dead-address.ts'
import { read, transact } from '../transact.ts'

/** The networks refused the address of a message for good: nothing more is sent there until it changes or somebody says that it works, and the desk asks for another. */
export async function markDead(tx: Tx, ctx: Context, message: MessageRow, code: string): Promise<void> {
  const { channel, to_address: address } = message
  if (address === '' || !(await insertDeadAddress(tx, ctx.clinicId, { channel, address, code, at: ctx.now }))) return
  await recordEvents(tx, ctx, [{ name: 'message.address_failed', subject: { type: 'message', id: message.id }, patientId: message.patient_id, details: { channel, code } }])
  await askForAnotherAddress(tx, ctx, message)
}

/** Addresses of patients to which nothing gets through; somebody asks for another. */
export function deadAddresses(ctx: Context, patientId: string | null): Promise<DeadAddress[]> {
  allow(ctx.actor, 'patient.read')
  return read(ctx, (db) => listDeadAddresses(db, patientId))
}

/** Somebody knows that an address of the patient works after all; the next message is sent there again. Throws `NotFound`. */
export async function reviveAddress(ctx: Context, patientId: string, channel: DeadAddress['channel'], address: string): Promise<void> {
  allow(ctx.actor, 'patient.write')
  await transact(ctx, async (tx) => {
    const [mine] = (await listDeadAddresses(tx, patientId)).filter((one) => one.channel === channel && one.address === address.toLowerCase())
    if (!mine || !(await deleteDeadAddress(tx, channel, address))) throw new NotFound('address')
    await recordEvents(tx, ctx, [{ name: 'message.address_works', subject: { type: 'patient', id: patientId }, patientId, details: { channel } }])
    if (channel === 'sms' || channel === 'email') await settleAddressTasks(tx, ctx, { channel, address: mine.address })
  })
}
