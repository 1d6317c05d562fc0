import { v7 as uuid } from 'uuid'
import { zoneOfDesk } from '@yoman/db/cash-desk/queries'
import { zoneOfBranch } from '@yoman/db/invoices/around'
import { loadCashLimits, lockDeal } from '@yoman/db/invoices/deal'
import { findInvoice, type InvoiceRow, lockInvoice } from '@yoman/db/invoices/issue'
import { findRefundsOf, insertRefunds, moneyOf, settledOf } from '@yoman/db/invoices/taken-back'
import type { Tx } from '@yoman/db/database'
import { allow, allowIn } from '@yoman/domain/access'
import type { RefundMethod } from '@yoman/domain/invoices/invoice'
import { refundCredit } from '@yoman/domain/invoices/refund'
import { sumOf } from '@yoman/domain/money/agorot'
import { cashLimitOn, requireLawfulCash } from '@yoman/domain/money/cash'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn, type PlainDate } from '@yoman/domain/time'
import { personOf } from '../acting.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { aboutSettled } from './around-documents.ts'
import { writeDocument } from './write-document.ts'

/** Words of a refund's line, in the document's language. */
export type RefundText = (language: InvoiceRow['language'], creditNumber: number) => string

export interface RefundRequest {
  /** Of the voucher, made by the client: sent twice it is one. */
  id: string
  /** Whose desk gives the money; the document's branch where nobody says. */
  branchId: string | null
  means: readonly { method: RefundMethod; amount: number; reference: string }[]
}

/**
 * Gives money back for a credit note, on a voucher (410), now: it belongs to the next closing of the desk that gave it. Refuses
 * `not_creditable` (no credit note), `nothing_to_refund`, `refund_exceeds_credit`, `refund_exceeds_paid`, `refund_needs_reference`,
 * `cash_not_in_tens`, `cash_over_legal_limit`, `reference_unknown` (no such branch), `id_taken`.
 */
export async function giveBack(ctx: Context, creditId: string, request: RefundRequest, refundText: RefundText): Promise<void> {
  allowGiving(ctx, request)
  await transact(ctx, (tx) => giveBackFor(tx, ctx, creditId, request, refundText))
}

export function allowGiving({ actor }: Context, { branchId }: RefundRequest): void {
  if (branchId === null) allow(actor, 'refund.give')
  else allowIn(actor, 'refund.give', branchId)
}

/** The same inside of a transaction, and allowed already. */
export async function giveBackFor(tx: Tx, ctx: Context, creditId: string, request: RefundRequest, refundText: RefundText): Promise<void> {
  const credit = await findInvoice(tx, creditId)
  if (!credit) throw new NotFound('invoice')
  // The corrected document is what all who credit it and pay it back wait for.
  const original = credit.kind === '330' && credit.based_on_id !== null ? await lockInvoice(tx, credit.based_on_id) : undefined
  if (!original) throw new Refusal('not_creditable', { kind: credit.kind })
  const known = await findInvoice(tx, request.id)
  if (known) return sameAs(tx, ctx, known, credit, request)
  await write(tx, ctx, { credit, original }, request, refundText)
}

async function write(tx: Tx, ctx: Context, { credit, original }: { credit: InvoiceRow; original: InvoiceRow }, { id, branchId, means }: RefundRequest, refundText: RefundText): Promise<void> {
  const givenBy = personOf(ctx)
  const desk = branchId ?? original.branch_id
  allowIn(ctx.actor, 'refund.give', desk) // whoever names no desk takes the document's, which may be another's
  if ((await zoneOfDesk(tx, desk)) === undefined) throw new Refusal('reference_unknown')
  const zone = await zoneOfBranch(tx, original.branch_id)
  const today = dateIn(zone, ctx.now)
  const { paid, gone: givenBefore, cashBack } = await moneyOf(tx, original.id)
  const draft = refundCredit({
    credit: { kind: credit.kind, number: credit.number, issuedOn: credit.issued_on, total: credit.total_agorot }, settledBefore: await settledOf(tx, credit.id), paid, givenBefore,
    means: means.map((one) => ({ ...one, receivedOn: today })), description: refundText(credit.language, credit.number),
  })
  await requireLawful(tx, original, cashBack, means, today)
  await writeDocument(tx, ctx, draft, { ...aboutSettled(credit, zone), id })
  await insertRefunds(tx, means.map(({ method, amount, reference }) => ({ clinic_id: ctx.clinicId, id: uuid(), invoice_id: id, branch_id: desk, method, amount_agorot: amount, reference: reference.trim(), given_at: ctx.now, given_by: givenBy })))
  await recordEvents(tx, ctx, [{ name: 'payment.refunded', subject: { type: 'invoice', id }, patientId: credit.patient_id, branchId: desk, details: { credit: credit.id, methods: means.map(({ method }) => method), amountAgorot: sumOf(means.map(({ amount }) => amount)) } }])
}

/** The limit on cash is on what a business gives as on what it takes (Law for Reducing the Use of Cash, §2): the same share of the same deal. */
async function requireLawful(tx: Tx, original: InvoiceRow, cashBefore: number, means: RefundRequest['means'], today: PlainDate): Promise<void> {
  const cash = sumOf(means.filter(({ method }) => method === 'cash').map(({ amount }) => amount))
  if (cash === 0) return
  const { least, most } = original.appointment_id === null ? { least: original.total_agorot, most: original.total_agorot } : await lockDeal(tx, original.appointment_id, original.total_agorot)
  requireLawfulCash({ least, most, cashBefore }, cash, cashLimitOn(await loadCashLimits(tx), today))
}

/** A repeated request finds its own voucher, of the same desk and means. */
async function sameAs(tx: Tx, ctx: Context, known: InvoiceRow, credit: InvoiceRow, { branchId, means }: RefundRequest): Promise<void> {
  const key = (desk: string, one: { method: RefundMethod; amount: number; reference: string }): string => JSON.stringify([desk, one.method, one.amount, one.reference.trim()])
  const before = (await findRefundsOf(tx, known.id)).map((row) => key(row.branch_id, { ...row, amount: row.amount_agorot }))
  const now = means.map((one) => key(branchId ?? credit.branch_id, one))
  if (known.based_on_id !== credit.id || known.issued_by !== ctx.actor.staffId || before.sort().join() !== now.sort().join()) throw new Refusal('id_taken')
}
