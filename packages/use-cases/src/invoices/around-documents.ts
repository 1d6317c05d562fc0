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
  description: line.description, quantity: line.quantity, unitPrice: line.unit_price_agorot, total: line.total_agorot, priceItemId: line.price_item_id,
})
