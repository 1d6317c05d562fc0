import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import { payerOf } from '@yoman/db/debts/payer'
import { findDebtSetting, findDebtSteps } from '@yoman/db/debts/settings'
import { type DueDebt, findDebtCall, findDueDebts, insertDebtCall, insertDebtReminder, standingOf } from '@yoman/db/debts/reminders'
import { type FormFacts, loadFormFacts } from '@yoman/db/forms/queries'
import { type InvoiceRow, lockInvoice } from '@yoman/db/invoices/issue'
import { findMailable } from '@yoman/db/invoices/mailable'
import { insertMessage } from '@yoman/db/messages/queries'
import { hoursOfClinic } from '@yoman/db/messages/sending'
import { findTemplate } from '@yoman/db/messages/visit-facts'
import { type DebtStep, nextStep, restDays, wayOf } from '@yoman/domain/debts/steps'
import { isMobile } from '@yoman/domain/people/phone'
import { maySendAt } from '@yoman/domain/reminders/sending-hours'
import type { PlainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import { groundOf } from './read.ts'

const atOnce = 200
/** A reminder that could not leave for so long is old news. */
const usefulDays = 3

export interface DebtToSay {
  channel: 'sms' | 'email'
  language: 'he' | 'ar' | 'ru' | 'en'
  own: { subject: string; body: string } | null
  patientFirstName: string
  clinicName: string
  branchName: string
  phone: string
  document: { number: number; issuedOn: PlainDate; total: number }
}

/** Finds the words of a reminder. Given by whoever sends: the use cases know no language. */
export type ComposeDebt = (toSay: DebtToSay) => { subject: string; body: string }

/** Steps that are due now; none where the clinic does not remind, and none while nothing may leave. */
export function dueDebts(ctx: Context): Promise<DueDebt[]> {
  return read(ctx, async (db) => {
    const { reminding } = await findDebtSetting(db)
    if (!reminding || !maySendAt(await hoursOfClinic(db), ctx.now)) return []
    return findDueDebts(db, { ...(await groundOf(ctx, db)), now: ctx.now, restSince: ctx.now.subtract({ hours: 24 * restDays - 1 }) }, atOnce)
  })
}

/**
 * Takes one step about one document, once: the document is locked, so that a payment or another worker was before or comes after, and the
 * row of the step is the last word. Nothing is done where it was paid meanwhile or the patient is left alone.
 * @returns what was done; `gone` where there is nothing to do any more.
 */
export function remindOfDebt(ctx: Context, { invoiceId, step }: DueDebt, compose: ComposeDebt): Promise<'done' | 'skipped' | 'gone'> {
  return transact(ctx, async (tx) => {
    const invoice = await lockInvoice(tx, invoiceId)
    const { today } = await groundOf(ctx, tx)
    const standing = invoice && (await standingOf(tx, invoiceId, today))
    if (!invoice || !standing || standing.owed <= 0 || standing.paused || standing.writtenOff) return 'gone'
    const next = nextStep(await findDebtSteps(tx, await findDebtSetting(tx)), standing.lastStep)
    if (next?.step !== step) return 'gone'
    return takeStep(tx, ctx, invoice, next, compose)
  })
}

/** Takes a step about a document that the caller holds and has looked at. @param messageId given by whoever asks for it by hand. */
export async function takeStep(tx: Tx, ctx: Context, invoice: InvoiceRow, step: DebtStep, compose: ComposeDebt, messageId = uuid()): Promise<'done' | 'skipped' | 'gone'> {
  const payerId = await payerOf(tx, invoice.patient_id, (await groundOf(ctx, tx)).today)
  const facts = payerId === null ? undefined : await loadFormFacts(tx, payerId, invoice.branch_id)
  const mobile = facts?.phones.find(isMobile) ?? null
  const { address, consented } = payerId === null ? { address: null, consented: false } : await findMailable(tx, payerId)
  const way = wayOf(step, { sms: mobile !== null && facts?.refused === false, email: address !== null && consented })
  const row = { clinic_id: ctx.clinicId, invoice_id: invoice.id, step: step.step, way, message_id: null, task_id: null, skip_reason: null, made_by: ctx.actor.staffId, made_at: ctx.now }
  if (way === null) {
    const isNew = await insertDebtReminder(tx, { ...row, skip_reason: facts?.refused ? 'no_consent' : 'nothing_to_send_to' })
    return isNew ? 'skipped' : 'gone'
  }
  if (way === 'call') return (await insertDebtReminder(tx, { ...row, task_id: await askToCall(tx, ctx, invoice) })) ? 'done' : 'gone'
  if (!facts) throw new Error('nobody is written to whose facts are not known')
  await queue(tx, ctx, invoice, { id: messageId, channel: way, to: (way === 'sms' ? mobile : address) ?? '', step: step.step }, facts, compose)
  if (!(await insertDebtReminder(tx, { ...row, message_id: messageId }))) throw new Error('the document is held, so nobody took the step meanwhile')
  return 'done'
}

/** One task for a patient, whichever of the documents it was made for. */
async function askToCall(tx: Tx, ctx: Context, { patient_id, branch_id }: InvoiceRow): Promise<string> {
  const open = await findDebtCall(tx, patient_id)
  if (open !== null) return open
  const id = uuid()
  await insertDebtCall(tx, { clinic_id: ctx.clinicId, id, branch_id, patient_id, due_at: ctx.now, created_at: ctx.now })
  await recordEvents(tx, ctx, [{ name: 'task.made', subject: { type: 'task', id }, patientId: patient_id, branchId: branch_id, details: { dueAt: ctx.now.toString(), about: 'debt_call' } }])
  return id
}

async function queue(tx: Tx, ctx: Context, invoice: InvoiceRow, { id, channel, to, step }: { id: string; channel: 'sms' | 'email'; to: string; step: number }, facts: FormFacts, compose: ComposeDebt): Promise<void> {
  const { patientLanguage: language } = facts
  const isLocal = language === 'he' || language === 'ar'
  const own = await findTemplate(tx, 'debt', channel, language)
  const words = compose({
    channel, language, own: own ? { subject: own.subject, body: own.body } : null, patientFirstName: facts.patientGivenName, phone: facts.phone,
    clinicName: (isLocal ? '' : facts.clinicNameEn) || facts.clinicName, branchName: (isLocal ? '' : facts.branchNameEn) || facts.branchName,
    document: { number: invoice.number, issuedOn: invoice.issued_on, total: invoice.total_agorot },
  })
  await insertMessage(tx, {
    clinic_id: ctx.clinicId, id, kind: 'debt', channel, patient_id: invoice.patient_id, appointment_id: null, appointment_starts_at: null, reminder_id: null, invoice_id: invoice.id, offer_id: null,
    dedupe_key: `debt-${invoice.id}-${step}`, language, to_address: to, ...words, not_before: ctx.now, useful_until: ctx.now.add({ hours: 24 * usefulDays }), created_at: ctx.now,
    lease_until: null, first_tried_at: null, sent_at: null, settled_at: null, provider_id: null, provider_status: null, error_code: null,
  })
  await recordEvents(tx, ctx, [{ name: 'message.queued', subject: { type: 'message', id }, patientId: invoice.patient_id, branchId: invoice.branch_id, details: { kind: 'debt', invoice: invoice.id, step } }])
}
