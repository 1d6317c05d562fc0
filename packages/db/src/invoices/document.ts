import { sql } from 'kysely'
import type { Invoice, InvoiceReference } from '@yoman/domain/invoices/invoice'
import { isHeld } from '@yoman/domain/allocation-numbers/state'
import type { Db } from '../database.ts'
import { findAllocation } from '../allocation-numbers/requests.ts'
import { findDeducted } from './advance.ts'
import { findInvoice, findInvoiceLines, type InvoiceRow } from './issue.ts'
import { findPaymentsOf, paymentOf } from './payment.ts'
import { zoneOfBranch } from './around.ts'
import { findRefundsOf, moneyBackOf } from './taken-back.ts'

/** An issued document as it was written, ready to be drawn. */
export interface IssuedDocument {
  /** It must not leave yet: its allocation number is awaited. */
  held: boolean
  row: InvoiceRow
  invoice: Invoice
  payerNameLatin: string
  letterhead: { name: string; branchName: string; phone: string; email: string }
}

export async function loadDocument(db: Db, id: string): Promise<IssuedDocument | undefined> {
  const row = await findInvoice(db, id)
  if (!row) return undefined
  const [lines, payments, refunds, deducted, zone, basedOn, allocation] = await Promise.all([findInvoiceLines(db, id), findPaymentsOf(db, id), findRefundsOf(db, id), findDeducted(db, id), zoneOfBranch(db, row.branch_id), findReference(db, row.based_on_id), findAllocation(db, id)])
  const invoice: Invoice = {
    id, kind: row.kind, number: row.number, issuedOn: row.issued_on, issuedAtMs: row.issued_at.epochMilliseconds, basedOn, reason: row.reason, deducted,
    vatBasisPoints: row.vat_basis_points, net: row.net_agorot, vat: row.vat_agorot, total: row.total_agorot,
    lines: lines.map((line) => ({ description: line.description, quantity: line.quantity, unitPrice: line.unit_price_agorot, discount: line.discount_agorot, total: line.total_agorot, priceItemId: line.price_item_id, creditsLine: line.credits_line })),
    payments: [...payments.map((payment) => paymentOf(payment, zone)), ...refunds.map((refund) => moneyBackOf(refund, zone))],
    business: { legalName: row.business.legalName, vatNumber: row.business.vatNumber, address: row.business.address },
    payer: { name: row.payer.name, address: row.payer.address, nationalId: '', dealerNumber: row.payer.dealerNumber ?? '', forName: row.payer.forName ?? '' },
    allocation: allocation ? (allocation.number === null ? 'without' : { number: allocation.number }) : null,
  }
  // What the business and the payer were is frozen in the row; fields that older rows lack are empty.
  const { name, branchName = '', phone = '', email = '' } = row.business
  return { held: allocation !== undefined && isHeld(allocation.state), row, invoice, payerNameLatin: row.payer.nameLatin ?? '', letterhead: { name, branchName, phone, email } }
}

async function findReference(db: Db, id: string | null): Promise<InvoiceReference | null> {
  if (id === null) return null
  const row = await db.selectFrom('invoice').select(['kind', 'number', 'issued_on']).where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).executeTakeFirst()
  return row ? { kind: row.kind, number: row.number, issuedOn: row.issued_on } : null
}
