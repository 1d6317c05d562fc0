import type { VisitBill } from '@yoman/db/invoices/bill'
import type { InvoiceLineRow, InvoiceRow } from '@yoman/db/invoices/issue'
import type { InvoiceLine } from '@yoman/domain/invoices/invoice'
import type { About } from './write-document.ts'

/** What a document that follows another is about: business and payer as they stood on that one. */
export const aboutSettled = (invoice: InvoiceRow, zone: string): About => ({
  patientId: invoice.patient_id, branchId: invoice.branch_id, zone, language: invoice.language,
  appointmentId: invoice.appointment_id, encounterId: invoice.encounter_id, basedOnId: invoice.id,
  business: invoice.business, payer: invoice.payer,
})

export const lineOf = (line: InvoiceLineRow): InvoiceLine => ({
  description: line.description, quantity: line.quantity, unitPrice: line.unit_price_agorot, discount: line.discount_agorot, total: line.total_agorot, priceItemId: line.price_item_id,
})

/** What a document of a visit is about. */
export const aboutVisit = (bill: VisitBill, basedOnId: string | null): About => ({
  patientId: bill.patientId, branchId: bill.branchId, zone: bill.zone, language: bill.language, appointmentId: bill.appointmentId, encounterId: bill.encounterId,
  basedOnId, business: bill.business, payer: bill.payer,
})
