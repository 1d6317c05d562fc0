import { creditsOfVisitDocument } from '@yoman/db/invoices/advance'
import { loadVisitBill, type VisitBill } from '@yoman/db/invoices/bill'
import { findInvoice } from '@yoman/db/invoices/issue'
import { findOrganisation, payerOfPatient, savePatientPayer, saveVisitPayer } from '@yoman/db/organisations/queries'
import { findPatient, lockPatient } from '@yoman/db/patients/queries'
import type { Tx } from '@yoman/db/database'
import { allow, allowIn } from '@yoman/domain/access'
import { type Agorot, sumOf } from '@yoman/domain/money/agorot'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { personOf } from '../acting.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

/** The organisation that pays for a patient's visits; null where the patient does. Throws `NotFound`. */
export function payerFor(ctx: Context, patientId: string): Promise<string | null> {
  allow(ctx.actor, 'invoice.read')
  return read(ctx, async (db) => {
    if (!(await findPatient(db, patientId))) throw new NotFound('patient')
    return payerOfPatient(db, patientId)
  })
}

/** Who pays for visits of a patient that have no document yet and nothing chosen of their own. Throws `reference_unknown`, `patient_merged`, `NotFound`. */
export async function choosePatientPayer(ctx: Context, patientId: string, organisationId: string | null): Promise<void> {
  allow(ctx.actor, 'invoice.write')
  await transact(ctx, async (tx) => {
    const patient = await lockPatient(tx, patientId)
    if (!patient) throw new NotFound('patient')
    if (patient.merged_into !== null) throw new Refusal('patient_merged')
    await requireInUse(tx, organisationId)
    await savePatientPayer(tx, ctx.clinicId, patientId, organisationId)
    await recordEvents(tx, ctx, [{ name: 'patient.changed', subject: { type: 'patient', id: patientId }, patientId, details: { fields: ['payer'], organisation: organisationId } }])
  })
}

/**
 * Whom a visit is billed to: an organisation, or null for the patient. Its document is not written yet, or was credited whole; money that
 * was taken from somebody before is not billed to another. Throws `already_billed`, `same_payer` (they pay a part of it), `reference_unknown`, `NotFound`.
 */
export async function chooseVisitPayer(ctx: Context, appointmentId: string, organisationId: string | null): Promise<void> {
  allow(ctx.actor, 'invoice.write')
  const chosenBy = personOf(ctx)
  await transact(ctx, async (tx) => {
    const bill = await loadVisitBill(tx, appointmentId, { lock: true })
    if (!bill) throw new NotFound('appointment')
    allowIn(ctx.actor, 'invoice.write', bill.branchId)
    if (moneyHeld(bill) > 0 || (await isBilled(tx, bill))) throw new Refusal('already_billed')
    if (bill.parts.some((part) => part.organisationId === organisationId)) throw new Refusal('same_payer')
    await requireInUse(tx, organisationId)
    await saveVisitPayer(tx, { clinic_id: ctx.clinicId, appointment_id: appointmentId, organisation_id: organisationId, chosen_by: chosenBy, chosen_at: ctx.now })
    await recordEvents(tx, ctx, [{ name: 'appointment.changed', subject: { type: 'appointment', id: appointmentId }, patientId: bill.patientId, branchId: bill.branchId, details: { fields: ['payer'], organisation: organisationId } }])
  })
}

/** Money that was taken for a visit and is in no document of the visit's own yet, in agorot: it is its payer's, and is not billed to another. */
export const moneyHeld = ({ advanceLeft, payments }: Pick<VisitBill, 'advanceLeft' | 'payments'>): Agorot =>
  advanceLeft + sumOf(payments.filter(({ invoice_id: receipt }) => receipt === null).map(({ amount_agorot: amount }) => amount))

/** Whether a document of the visit's own stands. */
export async function isBilled(tx: Tx, { invoiceId }: VisitBill): Promise<boolean> {
  const document = invoiceId === null ? undefined : await findInvoice(tx, invoiceId)
  return document !== undefined && (await creditsOfVisitDocument(tx, document.id)).credited < document.total_agorot
}

/** Throws `reference_unknown`. @param organisationId null: the patient pays. */
export async function requireInUse(tx: Tx, organisationId: string | null): Promise<void> {
  if (organisationId !== null && (await findOrganisation(tx, organisationId))?.active !== true) throw new Refusal('reference_unknown')
}
