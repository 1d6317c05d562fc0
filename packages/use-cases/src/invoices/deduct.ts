import { v7 as uuid } from 'uuid'
import { findAdvanceUse, findCreditsOf, insertAdvanceUses, isPatient, leftOf, lockAdvancesFor, type PatientCredit } from '@yoman/db/invoices/advance'
import { zoneOfBranch } from '@yoman/db/invoices/around'
import { findInvoice, findInvoiceLines, type InvoiceRow, lockInvoice, receivedOn } from '@yoman/db/invoices/issue'
import type { Tx } from '@yoman/db/database'
import { allow, allowIn } from '@yoman/domain/access'
import { shareOut, taxInvoiceOfCredit } from '@yoman/domain/invoices/advance'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { endAsking } from '../debts/settled.ts'
import { wakeLinksOf } from '../payment-links/wake.ts'
import { read, transact } from '../transact.ts'
import { aboutSettled, lineOf } from './around-documents.ts'
import type { MoneyText } from './take-advance.ts'
import { writeDocument } from './write-document.ts'

export interface DeductionRequest {
  /** Of the deduction, made by the client: sent twice it is one. */
  id: string
  /** The transaction invoice (300) that is settled. */
  requestId: string
  /** An advance, or a credit note (330) that was not given back, of the same patient and the same payer. */
  sourceId: string
}

/** Advances and credit notes of a patient of which something is left, the oldest first. */
export function creditsOf(ctx: Context, patientId: string): Promise<PatientCredit[]> {
  allow(ctx.actor, 'invoice.read')
  return read(ctx, async (db) => {
    if (!(await isPatient(db, patientId))) throw new NotFound('patient')
    return findCreditsOf(db, patientId)
  })
}

/**
 * Settles a transaction invoice, or a part of it, by money of the patient that stayed with the clinic: as much as both have. Of an advance it is
 * written down, since its document declared the VAT already; of a credit note it is a tax invoice (305). Refuses `already_paid`, `nothing_to_deduct`
 * (nothing left, another patient's or payer's, no such kind), `id_taken`.
 */
export async function deduct(ctx: Context, request: DeductionRequest, text: MoneyText): Promise<void> {
  allow(ctx.actor, 'invoice.write')
  await transact(ctx, async (tx) => {
    const bill = await lockInvoice(tx, request.requestId)
    if (!bill) throw new NotFound('invoice')
    allowIn(ctx.actor, 'invoice.write', bill.branch_id)
    if (await isKnown(tx, request)) return
    const source = await findInvoice(tx, request.sourceId)
    if (!source || bill.kind !== '300' || source.patient_id !== bill.patient_id || source.organisation_id !== bill.organisation_id || !(source.advance || source.kind === '330')) throw new Refusal('nothing_to_deduct')
    // Others who take from it wait at the advance, or at the document that the credit note corrects.
    await lockInvoice(tx, source.advance ? source.id : (source.based_on_id ?? source.id))
    const receivedBefore = await receivedOn(tx, bill.id)
    const amount = Math.min(bill.total_agorot - receivedBefore, await leftOf(tx, source.id))
    if (receivedBefore >= bill.total_agorot) throw new Refusal('already_paid')
    if (amount <= 0) throw new Refusal('nothing_to_deduct')
    if (source.advance) await useAdvances(tx, ctx, bill, [{ id: source.id, amount, useId: request.id }])
    else await useCredit(tx, ctx, { id: request.id, bill, source, receivedBefore, amount }, text)
    await endAsking(tx, ctx, bill.patient_id)
    await wakeLinksOf(tx, ctx, { invoiceId: bill.id })
  })
}

async function isKnown(tx: Tx, { id, requestId, sourceId }: DeductionRequest): Promise<boolean> {
  const [use, document] = [await findAdvanceUse(tx, id), await findInvoice(tx, id)]
  if (!use && !document) return false
  const isSame = use ? use.request_id === requestId && use.advance_id === sourceId : document?.based_on_id === requestId && document.credit_id === sourceId
  if (!isSame) throw new Refusal('id_taken')
  return true
}

async function useCredit(tx: Tx, ctx: Context, { id, bill, source, receivedBefore, amount }: { id: string; bill: InvoiceRow; source: InvoiceRow; receivedBefore: number; amount: number }, text: MoneyText): Promise<void> {
  const request = { kind: bill.kind, number: bill.number, issuedOn: bill.issued_on, total: bill.total_agorot, lines: (await findInvoiceLines(tx, bill.id)).map(lineOf) }
  const draft = taxInvoiceOfCredit({ request, receivedBefore, credit: { kind: source.kind, vatBasisPoints: source.vat_basis_points }, amount, onAccount: text.onAccount(bill.language, bill.number) })
  await writeDocument(tx, ctx, draft, { ...aboutSettled(bill, await zoneOfBranch(tx, bill.branch_id)), id, creditId: source.id })
}

/** Deducts what its payer gave in advance for a visit from its document, the oldest first. @param organisationId null: the patient pays. @returns how much, in agorot. */
export async function deductAdvances(tx: Tx, ctx: Context, bill: Pick<InvoiceRow, 'id' | 'patient_id' | 'branch_id'>, { appointmentId, organisationId, total }: { appointmentId: string; organisationId: string | null; total: number }): Promise<number> {
  const shares = shareOut(total, await lockAdvancesFor(tx, appointmentId, organisationId))
  await useAdvances(tx, ctx, bill, shares.map(({ id, amount }) => ({ id, amount, useId: uuid() })))
  return shares.reduce((sum, { amount }) => sum + amount, 0)
}

async function useAdvances(tx: Tx, ctx: Context, bill: Pick<InvoiceRow, 'id' | 'patient_id' | 'branch_id'>, shares: readonly { id: string; amount: number; useId: string }[]): Promise<void> {
  for (const { id, amount, useId } of shares) await insertAdvanceUses(tx, [{ clinic_id: ctx.clinicId, id: useId, advance_id: id, request_id: bill.id, amount_agorot: amount, used_at: ctx.now, used_by: ctx.actor.staffId }])
  await recordEvents(tx, ctx, shares.map(({ id, amount }) => ({ name: 'invoice.deducted' as const, subject: { type: 'invoice' as const, id: bill.id }, patientId: bill.patient_id, branchId: bill.branch_id, details: { advance: id, amountAgorot: amount } })))
}
