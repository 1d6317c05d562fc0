import { findDiscountSetting, type Given, setProcedureDiscount, setVisitDiscount } from '@yoman/db/discounts/queries'
import { lockEncounter } from '@yoman/db/encounters/queries'
import { isCreditedWhole } from '@yoman/db/invoices/advance'
import { type BillLine, loadVisitBill, type VisitBill } from '@yoman/db/invoices/bill'
import { findInvoice } from '@yoman/db/invoices/issue'
import type { Tx } from '@yoman/db/database'
import { allow, allowIn } from '@yoman/domain/access'
import { giveDiscount, grossOf, type Off } from '@yoman/domain/invoices/discount'
import { ownCost } from '@yoman/domain/invoices/payer-parts'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { personOf } from '../acting.ts'
import type { Context } from '../context.ts'
import { moneyHeld } from '../organisations/choose-payer.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'

export interface DiscountRequest {
  appointmentId: string
  /** Which line of the visit's bill; null: the one line of a visit that nobody wrote about. */
  procedureId: string | null
  /** Null takes the discount away. */
  give: { off: Off; reason: string } | null
}

/**
 * Gives a discount on a line of a visit's bill, or takes it away, until a document tells the line; asked twice it is the same. The visit is held as
 * it is while it is billed or paid, and its encounter as it is while somebody writes what was done. @returns the bill as it is now.
 * Refuses what `giveDiscount` refuses, `already_billed`, `discount_below_paid`, `month_closed`.
 */
export async function setDiscount(ctx: Context, { appointmentId, procedureId, give }: DiscountRequest): Promise<VisitBill> {
  allow(ctx.actor, 'discount.give')
  return transact(ctx, async (tx) => {
    const { bill, line } = await holdLine(tx, appointmentId, procedureId)
    allowIn(ctx.actor, 'discount.give', bill.branchId)
    if (bill.invoiceId !== null && !(await isBillableAnew(tx, bill.invoiceId))) throw new Refusal('already_billed')
    const given = give && (await judged(tx, ctx, line, give))
    requireNotBelowPaid(bill, line, given)
    if (line.procedureId === null) await setVisitDiscount(tx, ctx.clinicId, appointmentId, given)
    else await setProcedureDiscount(tx, line.procedureId, given)
    const name = given ? ('discount.given' as const) : ('discount.withdrawn' as const)
    await recordEvents(tx, ctx, [{ name, subject: { type: 'appointment', id: appointmentId }, patientId: bill.patientId, branchId: bill.branchId, details: { procedure: line.procedureId, agorot: given?.agorot ?? line.discount, ...(given ? given.off : {}) } }])
    return await loadVisitBill(tx, appointmentId) ?? bill
  })
}

/** The bill and its line, held: nobody opens an encounter meanwhile, and of one that is there what is read before it is held may be older than what is done in it. */
async function holdLine(tx: Tx, appointmentId: string, procedureId: string | null): Promise<{ bill: VisitBill; line: BillLine }> {
  const first = await loadVisitBill(tx, appointmentId, { lock: true })
  if (!first) throw new NotFound('appointment')
  if (first.encounterId !== null) await lockEncounter(tx, first.encounterId)
  const bill = first.encounterId === null ? first : await loadVisitBill(tx, appointmentId)
  const line = bill?.lines.find((one) => one.procedureId === procedureId)
  if (!bill || !line) throw new Refusal('reference_unknown')
  return { bill, line }
}

async function judged(tx: Tx, ctx: Context, line: BillLine, give: { off: Off; reason: string }): Promise<Given> {
  const { limits } = await findDiscountSetting(tx)
  const was = grossOf(line)
  const agorot = giveDiscount(was, give, ctx.actor, limits)
  return { off: give.off, was, agorot, reason: give.reason.trim(), by: personOf(ctx), at: ctx.now }
}

async function isBillableAnew(tx: Tx, documentId: string): Promise<boolean> {
  const document = await findInvoice(tx, documentId)
  return document !== undefined && isCreditedWhole(tx, document.id, document.total_agorot)
}

/** Money that came for the visit and has no document of it yet is not made more than the visit costs its payer. */
function requireNotBelowPaid(bill: VisitBill, line: BillLine, given: Given | null): void {
  if (given === null) return
  const cost = ownCost(bill.lines.map((one) => (one === line ? { ...one, discount: given.agorot } : one)), bill.parts)
  if (moneyHeld(bill) > cost) throw new Refusal('discount_below_paid')
}
