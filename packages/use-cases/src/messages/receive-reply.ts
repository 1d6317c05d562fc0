import { v7 as uuid } from 'uuid'
import { insertConsent } from '@yoman/db/consents/queries'
import { clinicOfMessage, clinicOfNumber, insertInbound, patientsOfNumber, visitAnswered } from '@yoman/db/messages/inbound'
import type { Tx } from '@yoman/db/database'
import { readReply, type Reply } from '@yoman/domain/messages/read-reply'
import { Refusal } from '@yoman/domain/refusal'
import { confirmAppointment } from '../appointments/step.ts'
import type { Context, Services } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { takingCallback, transact } from '../transact.ts'

/** For a receipt: the clinic of a message; undefined where there is no such message. */
export const findClinicOfMessage = (pool: Services['pool'], messageId: string): Promise<string | undefined> => takingCallback(pool, (db) => clinicOfMessage(db, messageId))

/** For a reply: the clinic that a number answers; undefined where nobody knows the number. */
export const findClinicOfNumber = (pool: Services['pool'], number: string): Promise<string | undefined> => takingCallback(pool, (db) => clinicOfNumber(db, number))

export interface Inbound {
  /** The provider's id: the same message may come twice. */
  providerId: string
  /** E.164 */
  from: string
  body: string
}

/**
 * Takes a patient's answer. "Yes" confirms the next visit that the number was told of; "no" is kept for the desk, who calls
 * back: a digit typed by mistake must not cost anyone their visit. STOP is a refusal of messages at once, START takes it back.
 */
export async function receiveReply(ctx: Context, inbound: Inbound): Promise<Reply> {
  const meaning = readReply(inbound.body)
  const visit = await transact(ctx, async (tx) => {
    const [patients, visit] = await Promise.all([patientsOfNumber(tx, inbound.from), visitAnswered(tx, inbound.from, ctx.now)])
    const id = uuid()
    const patientId = visit?.patient_id ?? patients[0]?.id ?? null
    const isNew = await insertInbound(tx, {
      clinic_id: ctx.clinicId, id, provider_id: inbound.providerId, from_number: inbound.from, body: inbound.body,
      patient_id: patientId, appointment_id: visit?.id ?? null, understood_as: meaning, received_at: ctx.now,
    })
    if (!isNew) return undefined
    await recordEvents(tx, ctx, [{ name: 'message.received', subject: { type: 'inbound_message', id }, patientId, details: { understoodAs: meaning, appointment: visit?.id ?? null } }])
    if (meaning === 'stop' || meaning === 'start') await recordWill(tx, ctx, patients.map((patient) => patient.id), meaning, id)
    return visit
  })
  if (meaning === 'confirm' && visit?.status === 'booked') await confirm(ctx, visit.id)
  return meaning
}

/** A number that a family shares speaks for all of it. */
async function recordWill(tx: Tx, ctx: Context, patientIds: readonly string[], meaning: 'stop' | 'start', inboundId: string): Promise<void> {
  const state = meaning === 'stop' ? 'refused' : 'given'
  for (const patientId of patientIds) {
    const id = uuid()
    await insertConsent(tx, {
      clinic_id: ctx.clinicId, id, patient_id: patientId, channel: 'sms', purpose: 'service', state, source: 'reply', evidence: `reply ${inboundId}`, recorded_at: ctx.now, recorded_by: null,
    })
    await recordEvents(tx, ctx, [{ name: 'consent.recorded', subject: { type: 'consent', id }, patientId, details: { channel: 'sms', purpose: 'service', state } }])
  }
}

async function confirm(ctx: Context, appointmentId: string): Promise<void> {
  try {
    await confirmAppointment(ctx, appointmentId)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error // the visit moved on in this moment; the answer is kept for the desk
  }
}
