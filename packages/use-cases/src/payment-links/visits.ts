import { loadVisitBill, type VisitBill } from '@yoman/db/invoices/bill'
import { findInvoice } from '@yoman/db/invoices/issue'
import { findPaymentLink } from '@yoman/db/payment-links/links'
import { findLinkMoney, type LinkMoneyRow, visitsToPay } from '@yoman/db/payment-links/money'
import type { Db } from '@yoman/db/database'
import { allow, mayIn } from '@yoman/domain/access'
import { ownCost } from '@yoman/domain/invoices/payer-parts'
import { sumOf } from '@yoman/domain/money/agorot'
import { NotFound } from '@yoman/domain/refusal'
import type { Instant } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { readByValues } from '../transact.ts'

const mostListed = 30

/** A visit that such money may be taken for. */
export interface VisitToPay {
  appointmentId: string
  branchId: string
  visitTypeId: string | null
  startsAt: Instant
  /** Agorot that are still to come for it. */
  due: number
}

/**
 * Visits of the patient that have no document and for which at least as much is still to come as came: whoever decides may take the money for one of them.
 * The next first, then those that are over. None of an organisation that pays. Throws `NotFound`.
 */
export function visitsForMoney(ctx: Context, moneyId: string): Promise<VisitToPay[]> {
  allow(ctx.actor, 'payment_link.write')
  return readByValues(ctx, async (db) => {
    const { money, patientId } = await found(db, moneyId)
    const { amount_agorot: amount } = money
    if (money.state !== 'different' || money.currency !== 'ILS' || amount === null || amount <= 0) return []
    const visits: VisitToPay[] = []
    for (const { id, visitTypeId } of await visitsToPay(db, patientId, ctx.now, mostListed)) {
      const bill = await loadVisitBill(db, id)
      if (!bill || bill.payer.organisationId !== undefined || !mayIn(ctx.actor, 'invoice.write', bill.branchId)) continue
      const due = dueOf(bill)
      if (due >= amount) visits.push({ appointmentId: id, branchId: bill.branchId, visitTypeId, startsAt: bill.startsAt, due })
    }
    return visits
  })
}

/** Of the visit's payer: nothing that others pay parts of. */
const dueOf = ({ lines, parts, advanceLeft, payments }: VisitBill): number =>
  ownCost(lines, parts) - advanceLeft - sumOf(payments.filter(({ invoice_id: receipt }) => receipt === null).map(({ amount_agorot: amount }) => amount))

async function found(db: Db, moneyId: string): Promise<{ money: LinkMoneyRow; patientId: string }> {
  const money = await findLinkMoney(db, moneyId)
  const link = money && (await findPaymentLink(db, money.link_id))
  const asked = link && (await findInvoice(db, link.invoice_id))
  if (!money || !asked) throw new NotFound('payment_link')
  return { money, patientId: asked.patient_id }
}
