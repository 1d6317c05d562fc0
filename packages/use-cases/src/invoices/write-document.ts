import { v7 as uuid } from 'uuid'
import type { Business, Payer } from '@yoman/db/invoices/table'
import { insertInvoice, takeNumber } from '@yoman/db/invoices/issue'
import { insertAllocation, loadAllocationThresholds } from '@yoman/db/allocation-numbers/requests'
import type { Tx } from '@yoman/db/database'
import { mayBeAllocated, needsAllocation } from '@yoman/domain/allocation-numbers/needs'
import type { InvoiceDraft } from '@yoman/domain/invoices/invoice'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { atOnce } from '../allocation-numbers/at-once.ts'
import { recordEvents } from '../record-events.ts'

/** What a document is about, apart from its sums. */
export interface About {
  patientId: string
  branchId: string
  zone: string
  language: 'he' | 'ar' | 'ru' | 'en'
  appointmentId: string | null
  encounterId: string | null
  basedOnId: string | null
  business: Business
  payer: Payer
  /** Of a tax invoice for a matured cheque: the payment. */
  chequeId?: string
  /** Of a tax invoice that the patient's credit pays: the credit note. */
  creditId?: string
  /** Whether it receipts money that came before its visit's document. */
  advance?: boolean
  /** Whether it asks for a part of a visit that the visit's own document does not. */
  payerPart?: boolean
  /** Of what another transaction invoice asked somebody else for: that one. */
  insteadOfId?: string
  /** Made by the client where it asks for the document itself: asked twice, it is one. */
  id?: string
}

export interface Written {
  id: string
  kind: InvoiceDraft['kind']
  number: number
}

/** Gives a draft its number and writes it for ever. */
export async function writeDocument(tx: Tx, ctx: Context, draft: InvoiceDraft, about: About): Promise<Written> {
  const id = about.id ?? uuid()
  const number = await takeNumber(tx, ctx.clinicId, draft.kind)
  await insertInvoice(
    tx,
    {
      clinic_id: ctx.clinicId, id, kind: draft.kind, number, branch_id: about.branchId, patient_id: about.patientId,
      encounter_id: about.encounterId, appointment_id: about.appointmentId, based_on_id: about.basedOnId, language: about.language,
      issued_at: ctx.now, issued_on: dateIn(about.zone, ctx.now), vat_basis_points: draft.vatBasisPoints,
      net_agorot: draft.net, vat_agorot: draft.vat, total_agorot: draft.total,
      business: about.business, payer: about.payer, issued_by: ctx.actor.staffId, original_made_at: null, reason: draft.reason, cheque_id: about.chequeId ?? null, credit_id: about.creditId ?? null, organisation_id: about.payer.organisationId ?? null, advance: about.advance ?? false, payer_part: about.payerPart ?? false, instead_of_id: about.insteadOfId ?? null,
    },
    draft.lines.map((line, index) => ({
      clinic_id: ctx.clinicId, invoice_id: id, line: index + 1, price_item_id: line.priceItemId ?? null,
      description: line.description, quantity: line.quantity, unit_price_agorot: line.unitPrice, discount_agorot: line.discount ?? 0, total_agorot: line.total, credits_line: line.creditsLine ?? null,
    })),
  )
  await awaitAllocation(tx, ctx, id, draft, about)
  await recordEvents(tx, ctx, [{ name: 'invoice.issued', subject: { type: 'invoice', id }, patientId: about.patientId, branchId: about.branchId, details: { kind: draft.kind, number, totalAgorot: draft.total, appointment: about.appointmentId } }])
  return { id, kind: draft.kind, number }
}

/** A tax invoice to a dealer over the sum of its day does not leave before the Tax Authority gave it a number, or somebody decided. */
async function awaitAllocation(tx: Tx, ctx: Context, id: string, { kind, net, vat }: InvoiceDraft, { zone, payer }: About): Promise<void> {
  const document = { kind, net, vat, issuedOn: dateIn(zone, ctx.now), dealerNumber: payer.dealerNumber ?? '' }
  if (!mayBeAllocated(document) || !needsAllocation(document, await loadAllocationThresholds(tx))) return
  await insertAllocation(tx, { clinic_id: ctx.clinicId, invoice_id: id, asked_at: ctx.now, next_at: atOnce })
}
