import { v7 as uuid } from 'uuid'
import { insertConsent } from '@yoman/db/consents/queries'
import { findMessage } from '@yoman/db/messages/queries'
import { deleteDeadAddress } from '@yoman/db/messages/dead-addresses'
import { type Answered, clinicOfMessage, clinicOfNumber, clinicOfSender, insertInbound, patientsOfNumber, statusAnswered, visitAnswered, visitOfCall } from '@yoman/db/messages/inbound'
import { lockAppointment } from '@yoman/db/appointments/queries'
import type { Tx } from '@yoman/db/database'
import { findAnswerSetting, rulesFor } from '@yoman/db/visit-links/queries'
import { readReply, type Reply, type ReplyChannel } from '@yoman/domain/messages/read-reply'
import { isAhead } from '@yoman/domain/appointments/appointment'
import { maySelf } from '@yoman/domain/visit-links/answer'
import { cancelIn, confirmIn } from '../appointments/step.ts'
import { hear } from '../conversations/hear.ts'
import type { Context, Services } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { settleAddressTasks } from '../tasks/dead-address.ts'
import { askForAnotherTime } from '../tasks/move-wish.ts'
import { takingCallback, transact } from '../transact.ts'

/** For a receipt: the clinic of a message; undefined where there is no such message. */
export const findClinicOfMessage = (pool: Services['pool'], messageId: string): Promise<string | undefined> => takingCallback(pool, (db) => clinicOfMessage(db, messageId))

/** For a reply: the clinic that a number answers; undefined where nobody knows the number. @param whatsappSender of a WhatsApp, the number that it was sent to: it is one clinic's alone. */
export const findClinicOfNumber = (pool: Services['pool'], number: string, whatsappSender: string | null): Promise<string | undefined> =>
  takingCallback(pool, async (db) => (whatsappSender === null ? undefined : await clinicOfSender(db, whatsappSender)) ?? clinicOfNumber(db, number))

export interface Inbound {
  /** The provider's id: the same message may come twice. */
  providerId: string
  /** E.164 */
  from: string
  body: string
  /** SMS where left out. */
  channel?: ReplyChannel
  /** Of a key pressed in a call: the message that the call was. */
  callAbout?: string
}

export interface Heard {
  meaning: Reply
  /** What was asked for holds now, without anybody of the staff. */
  done: boolean
}

/**
 * Takes a patient's answer. "Yes" confirms the visit that the number was told of last; "no" is kept for the desk, who calls
 * back (a digit typed by mistake must not cost anyone their visit), or cancels where the clinic wants it, its hours allow it and
 * there is no other visit that could be meant; who wants another time becomes a task of the desk. An answer to what the desk asked itself is the desk's. STOP is a refusal of messages on its channel at once, START takes it back.
 */
export async function receiveReply(ctx: Context, { channel = 'sms', callAbout, ...inbound }: Inbound): Promise<Heard> {
  const meaning = readReply(inbound.body, channel)
  return transact(ctx, async (tx) => {
    const [patients, answered] = await Promise.all([patientsOfNumber(tx, inbound.from), callAbout === undefined ? visitAnswered(tx, inbound.from, channel, ctx.now) : visitOfCall(tx, callAbout, ctx.now)])
    const called = callAbout === undefined ? undefined : await findMessage(tx, callAbout)
    const visit = answered?.visit
    const id = uuid()
    const patientId = visit?.patient_id ?? (called ? called.patient_id : (patients[0]?.id ?? null)) // a call was for one patient, also when the visit has moved since
    const isNew = await insertInbound(tx, {
      clinic_id: ctx.clinicId, id, provider_id: inbound.providerId, from_number: inbound.from, channel, body: inbound.body,
      patient_id: patientId, appointment_id: visit?.id ?? null, understood_as: meaning, received_at: ctx.now,
    })
    if (!isNew) return { meaning, done: await wasDone(tx, meaning, inbound.providerId) }
    await recordEvents(tx, ctx, [{ name: 'message.received', subject: { type: 'inbound_message', id }, patientId, details: { understoodAs: meaning, appointment: visit?.id ?? null } }])
    await answeredFrom(tx, ctx, { id, channel, number: inbound.from, patientId })
    if (meaning === 'stop' || meaning === 'start') await recordWill(tx, ctx, called ? [called.patient_id] : patients.map((patient) => patient.id), { meaning, channel, inboundId: id })
    const handled = meaning === 'stop' || meaning === 'start' || (answered !== undefined && (await doAsSaid(tx, ctx, meaning, answered)))
    await hear(tx, ctx, { number: inbound.from, patientId, handled })
    return { meaning, done: handled }
  })
}

/** @returns whether it was done; what was not waits for the desk. */
async function doAsSaid(tx: Tx, ctx: Context, meaning: Reply, { visit: { id }, isAsked, isOnly }: Answered): Promise<boolean> {
  if ((meaning !== 'confirm' && meaning !== 'cancel' && meaning !== 'move') || !isAsked) return false
  if (meaning === 'cancel' && !isOnly) return false // of two children a "no" names neither
  const visit = await lockAppointment(tx, ctx.clinicId, id)
  if (!visit || !isAhead(visit.status)) return false // the visit moved on in this moment; the answer is kept for the desk
  if (meaning === 'move') {
    await askForAnotherTime(tx, ctx, visit)
    return false // somebody has to answer
  }
  if (meaning === 'confirm') {
    if (visit.status === 'booked') await confirmIn(tx, ctx, visit)
    return true
  }
  const { replyCancels } = await findAnswerSetting(tx)
  if (!replyCancels || !maySelf('cancel', await rulesFor(tx, visit.visitTypeId), visit, ctx.now)) return false
  await cancelIn(tx, ctx, visit, 'patient')
  return true
}

/** Who writes from a number has it: what was said of it, that it is dead, is over, and nobody has to ask for another. */
async function answeredFrom(tx: Tx, ctx: Context, { id, channel, number, patientId }: { id: string; channel: ReplyChannel; number: string; patientId: string | null }): Promise<void> {
  if (!(await deleteDeadAddress(tx, channel, number))) return
  await recordEvents(tx, ctx, [{ name: 'message.address_works', subject: { type: 'inbound_message', id }, patientId, details: { channel } }])
  if (channel === 'sms') await settleAddressTasks(tx, ctx, { channel, address: number })
}

/** Of what was heard before: whether what it asked for holds, so that who asks twice hears the same. */
async function wasDone(tx: Tx, meaning: Reply, providerId: string): Promise<boolean> {
  if (meaning === 'stop' || meaning === 'start') return true
  if (meaning !== 'confirm' && meaning !== 'cancel') return false
  return (await statusAnswered(tx, providerId)) === (meaning === 'confirm' ? 'confirmed' : 'cancelled')
}

/** A number that a family shares speaks for all of it; a key of a call for its patient alone, whom the call named. */
async function recordWill(tx: Tx, ctx: Context, patientIds: readonly (string | null)[], { meaning, channel, inboundId }: { meaning: 'stop' | 'start'; channel: ReplyChannel; inboundId: string }): Promise<void> {
  const state = meaning === 'stop' ? 'refused' : 'given'
  for (const patientId of patientIds.filter((each) => each !== null)) {
    const id = uuid()
    await insertConsent(tx, {
      clinic_id: ctx.clinicId, id, patient_id: patientId, channel, purpose: 'service', state, source: 'reply', evidence: `reply ${inboundId}`, recorded_at: ctx.now, recorded_by: null,
    })
    await recordEvents(tx, ctx, [{ name: 'consent.recorded', subject: { type: 'consent', id }, patientId, details: { channel, purpose: 'service', state } }])
  }
}
