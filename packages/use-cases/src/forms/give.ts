import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import { findForm, type FormFacts, insertResponse, loadFormFacts, lockResponse, findResponse, responsesOf, saveResponse } from '@yoman/db/forms/queries'
import { insertMessage } from '@yoman/db/messages/queries'
import { findTemplate } from '@yoman/db/messages/visit-facts'
import { findPatient } from '@yoman/db/patients/queries'
import { allow, allowIn } from '@yoman/domain/access'
import type { Tongue } from '@yoman/domain/fields/field'
import { checkOpen, formExpires } from '@yoman/domain/forms/form'
import { isMobile } from '@yoman/domain/people/phone'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import { formToken, secretHash } from './link.ts'
import { responseView } from './view.ts'

/** What the message says, before it has words. */
export interface FormToSay {
  language: Tongue
  own: { subject: string; body: string } | null
  patientFirstName: string
  clinicName: string
  branchName: string
  phone: string
}
/** Finds the words; the place of the link stays as it is. Given by whoever sends: the use cases know no language. */
export type ComposeForm = (toSay: FormToSay) => { subject: string; body: string }

export interface FormGiven {
  id: string
  formId: string
  branchId: string
  appointmentId: string | null
  language: Tongue
  by: 'sms' | 'here'
}

/** A patient's forms, newest first. The caller records the reading. Throws `NotFound`. */
export async function patientForms(ctx: Context, patientId: string) {
  allow(ctx.actor, 'patient.read')
  return read(ctx, async (db) => {
    if (!(await findPatient(db, patientId))) throw new NotFound('patient')
    return (await responsesOf(db, patientId)).map((row) => responseView(ctx, row))
  })
}

/**
 * Gives a patient a form as it is now; a repeated request finds its own. Throws `form_retired`, `id_taken`, `reference_unknown`, and
 * what forbids an SMS: `no_consent`, `nothing_to_send_to`. One that comes at night leaves in the morning.
 */
export async function giveForm(ctx: Context, patientId: string, given: FormGiven, compose: ComposeForm) {
  allowIn(ctx.actor, 'patient.write', given.branchId)
  return transact(ctx, async (tx) => {
    const [patient, mine, form, facts] = await Promise.all([findPatient(tx, patientId), findResponse(tx, given.id), findForm(tx, given.formId), loadFormFacts(tx, patientId, given.branchId)])
    if (!patient) throw new NotFound('patient')
    if (mine && (mine.patient_id !== patientId || mine.form_id !== given.formId)) throw new Refusal('id_taken')
    if (!form || !facts) throw new Refusal('reference_unknown')
    if (!mine) {
      if (form.retired_at) throw new Refusal('form_retired')
      await checkVisit(tx, patientId, given.appointmentId)
      await write(tx, ctx, patientId, given, form.latest)
      if (given.by === 'sms') await queueLink(tx, ctx, given, facts, compose)
      await recordEvents(tx, ctx, [{ name: 'form_response.given', subject: { type: 'form_response', id: given.id }, patientId, branchId: given.branchId, details: { form: given.formId, by: given.by } }])
    }
    return { response: await one(tx, ctx, patientId, given.id), token: formToken(ctx.vault, ctx.clinicId, given.id) }
  })
}

async function checkVisit(tx: Tx, patientId: string, appointmentId: string | null): Promise<void> {
  if (appointmentId === null) return
  const visit = await tx.selectFrom('appointment').select('patient_id').where('id', '=', appointmentId).executeTakeFirst()
  if (visit?.patient_id !== patientId) throw new Refusal('reference_unknown')
}

const write = (tx: Tx, ctx: Context, patientId: string, { id, formId, branchId, appointmentId, language, by }: FormGiven, seq: number) =>
  insertResponse(tx, {
    clinic_id: ctx.clinicId, id, form_id: formId, form_seq: seq, patient_id: patientId, branch_id: branchId, appointment_id: appointmentId, language, given_by: by,
    token_hash: secretHash(formToken(ctx.vault, ctx.clinicId, id)), device_hash: null, expires_at: formExpires(ctx.now), answers_sealed: null, signature_sealed: null, signed_hash: null, signed_at: null,
    created_by: ctx.actor.staffId, created_at: ctx.now,
  })

async function queueLink(tx: Tx, ctx: Context, { id, language, branchId }: FormGiven, facts: FormFacts, compose: ComposeForm): Promise<void> {
  const address = facts.phones.find(isMobile)
  if (facts.refused) throw new Refusal('no_consent')
  if (address === undefined) throw new Refusal('nothing_to_send_to')
  const own = await findTemplate(tx, 'form', 'sms', language)
  const words = compose({ language, own: own ?? null, patientFirstName: facts.patientGivenName, clinicName: inTongue(language, facts.clinicName, facts.clinicNameEn), branchName: inTongue(language, facts.branchName, facts.branchNameEn), phone: facts.phone })
  const messageId = uuid()
  await insertMessage(tx, {
    clinic_id: ctx.clinicId, id: messageId, kind: 'form', channel: 'sms', patient_id: facts.patientId, appointment_id: null, appointment_starts_at: null, reminder_id: null, invoice_id: null, offer_id: null,
    form_response_id: id, dedupe_key: `form-${id}`, language, to_address: address, ...words, not_before: ctx.now, useful_until: formExpires(ctx.now), created_at: ctx.now,
    lease_until: null, first_tried_at: null, sent_at: null, settled_at: null, provider_id: null, provider_status: null, error_code: null,
  })
  await recordEvents(tx, ctx, [{ name: 'message.queued', subject: { type: 'message', id: messageId }, patientId: facts.patientId, branchId, details: { kind: 'form', response: id } }])
}

const inTongue = (language: Tongue, name: string, english: string): string => (language === 'he' || language === 'ar' ? '' : english) || name

/** Closes a form that is not needed any more; its link tells so. Twice is fine. Throws `form_closed` where it is signed. */
export async function withdrawForm(ctx: Context, id: string) {
  allow(ctx.actor, 'patient.write')
  return transact(ctx, async (tx) => {
    const row = await lockResponse(tx, id)
    if (!row) throw new NotFound('form response')
    if (row.status === 'open') {
      // One that ran out may be closed too, so that the list says that nobody waits for it.
      await saveResponse(tx, id, { status: 'withdrawn', answers_sealed: null })
      await recordEvents(tx, ctx, [{ name: 'form_response.withdrawn', subject: { type: 'form_response', id }, patientId: row.patient_id, branchId: row.branch_id }])
    } else if (row.status === 'signed') checkOpen({ status: row.status, expiresAt: row.expires_at }, ctx.now)
    return one(tx, ctx, row.patient_id, id)
  })
}

async function one(tx: Tx, ctx: Context, patientId: string, id: string) {
  const row = (await responsesOf(tx, patientId)).find((response) => response.id === id)
  if (!row) throw new NotFound('form response')
  return responseView(ctx, row)
}
