import { v7 as uuid } from 'uuid'
import { createHash } from 'node:crypto'
import type { Db, Tx } from '@yoman/db/database'
import { findSubject, listFields } from '@yoman/db/fields/queries'
import { contentOfVersion, findResponse, insertReported, loadFormFacts, lockResponse, responseOfToken, type ResponseRow, saveResponse } from '@yoman/db/forms/queries'
import type { Sealer } from '@yoman/db/keys/vault'
import type { Tongue } from '@yoman/domain/fields/field'
import { alertsIn, checkComplete, checkOpen, checkSignature, type FormContent, readAnswers, responseState } from '@yoman/domain/forms/form'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Instant } from '@yoman/domain/time'
import { type Context, type Services, systemContext } from '../context.ts'
import { putValues } from '../fields/values.ts'
import { fieldOf } from '../fields/view.ts'
import { recordEvents } from '../record-events.ts'
import { countMiss, type Visitor } from '../sessions/link-misses.ts'
import { fillingForm, read, transact } from '../transact.ts'
import { secretHash } from './link.ts'
import { openAnswers, publicContent, reportedPlace, sealAnswers, signaturePlace, type SignatureKept } from './view.ts'

/** Finds the form that a link opens. Throws `NotFound`, or `TooManyAttempts` after some wrong ones from one network. */
export async function openForm(services: Services, token: string, now: Instant, visitor: Visitor): Promise<{ ctx: Context; responseId: string }> {
  const found = await fillingForm(services.pool, (db) => responseOfToken(db, secretHash(token)))
  if (found) return { ctx: { ...systemContext(services, found.clinicId, now), ip: visitor.ip }, responseId: found.responseId }
  await countMiss(services, 'form-network', visitor)
  throw new NotFound('form')
}

/** The page as it is at this moment; looking changes nothing. What was answered goes back to the browser that wrote it alone. */
export const readFormPage = (ctx: Context, responseId: string, device: string) => read(ctx, (db) => page(ctx, db, responseId, device))

async function page(ctx: Context, db: Db, responseId: string, device: string) {
  const row = await findResponse(db, responseId)
  if (!row) throw new NotFound('form')
  const [sealer, content, facts] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), contentOfVersion(db, row.form_id, row.form_seq), loadFormFacts(db, row.patient_id, row.branch_id)])
  if (!content || !facts) throw new Error('a response has a form and a patient')
  const state = responseState({ status: row.status, expiresAt: row.expires_at }, ctx.now)
  const mine = isMine(row, device)
  const { clinicName, clinicNameEn, phone } = facts
  return {
    clinicName, clinicNameEn, phone, language: row.language, state, signed: content.signed,
    content: state === 'open' ? publicContent(content) : null,
    answers: state === 'open' && mine ? openAnswers(sealer, row) : [],
    begunElsewhere: state === 'open' && row.saves > 0 && !mine,
    saves: mine ? row.saves : 0,
  }
}

const isMine = (row: ResponseRow, device: string): boolean => row.device_hash !== null && row.device_hash.equals(secretHash(device))

export interface Filled {
  device: string
  answers: readonly { fieldId: string; value: unknown }[]
}

/**
 * Keeps what was answered so far. Another browser than the one before begins anew: it could not see what it overwrites. Throws
 * `form_closed`, `field_value_wrong`, and `stale_version` where the same browser kept something newer in another window.
 */
export async function keepAnswers(ctx: Context, responseId: string, { device, answers, saves }: Filled & { saves: number }): Promise<{ saves: number }> {
  return transact(ctx, async (tx) => {
    const { row, sealer, content } = await locked(tx, ctx, responseId)
    checkOpen({ status: row.status, expiresAt: row.expires_at }, ctx.now)
    if (isMine(row, device) && row.saves !== saves) throw new Refusal('stale_version', { current: row.saves })
    const kept = readAnswers(content, answers)
    await saveResponse(tx, responseId, { answers_sealed: sealAnswers(sealer, responseId, kept), device_hash: secretHash(device), saves: row.saves + 1 })
    if (row.saves === 0) await recordEvents(tx, ctx, [event('form_response.begun', row)])
    return { saves: row.saves + 1 }
  })
}

/**
 * Hands the form in: the answers become values of the patient's fields, those that are alerts wait for clinical eyes, and nothing of
 * it changes any more. Throws `form_closed`, `field_value_wrong`, `form_answer_missing`, `form_signature_missing`.
 */
export async function signForm(ctx: Context, responseId: string, { device, answers, language, signature }: Filled & { language: Tongue; signature: SignatureKept | null }) {
  return transact(ctx, async (tx) => {
    const { row, sealer, content } = await locked(tx, ctx, responseId)
    if (row.status === 'signed' && isMine(row, device)) return page(ctx, tx, responseId, device) // the answer was lost on its way
    checkOpen({ status: row.status, expiresAt: row.expires_at }, ctx.now)
    const given = readAnswers(content, answers)
    checkComplete(content, given)
    if (content.signed) checkSignature(signature, signature?.typed ?? false)
    const shown = JSON.stringify({ content, language, answers: [...given], signature, at: ctx.now.toString() })
    await saveResponse(tx, responseId, {
      status: 'signed', language, signed_at: ctx.now, device_hash: secretHash(device), answers_sealed: sealAnswers(sealer, responseId, given), saves: row.saves + 1,
      signature_sealed: signature && sealer.seal(signaturePlace(responseId), JSON.stringify(signature)), signed_hash: createHash('sha256').update(shown).digest(),
    })
    const values = [...given].map(([fieldId, value]) => ({ fieldId, value, version: 0 }))
    const of = await findSubject(tx, 'patient', row.patient_id)
    if (!of) throw new Error('a response has a patient')
    await putValues(tx, ctx, sealer, of, values, 'form')
    await report(tx, ctx, sealer, row, content, given)
    await recordEvents(tx, ctx, [event('form_response.signed', row)])
    return page(ctx, tx, responseId, device)
  })
}

async function report(tx: Tx, ctx: Context, sealer: Sealer, row: ResponseRow, content: FormContent, given: ReturnType<typeof readAnswers>): Promise<void> {
  const today = (await listFields(tx, 'patient')).map(fieldOf)
  for (const { fieldId, words } of alertsIn(content, given, today)) {
    const id = uuid()
    await insertReported(tx, { clinic_id: ctx.clinicId, id, patient_id: row.patient_id, response_id: row.id, field_id: fieldId, words_sealed: sealer.seal(reportedPlace(id), words), reported_at: ctx.now, settled_by: null, settled_at: null })
    await recordEvents(tx, ctx, [{ name: 'alert.reported', subject: { type: 'reported_alert', id }, patientId: row.patient_id, branchId: row.branch_id, details: { response: row.id, field: fieldId } }])
  }
}

async function locked(tx: Tx, ctx: Context, responseId: string): Promise<{ row: ResponseRow; sealer: Sealer; content: FormContent }> {
  const row = await lockResponse(tx, responseId)
  if (!row) throw new NotFound('form')
  const [sealer, content] = await Promise.all([ctx.vault.sealerOf(tx, ctx.clinicId), contentOfVersion(tx, row.form_id, row.form_seq)])
  if (!content) throw new Error('a response has a form')
  return { row, sealer, content }
}

const event = (name: 'form_response.begun' | 'form_response.signed', row: ResponseRow) => ({ name, subject: { type: 'form_response', id: row.id }, patientId: row.patient_id, branchId: row.branch_id, details: { form: row.form_id } })
