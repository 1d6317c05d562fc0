import { loadVisitBill, type VisitBill } from '@yoman/db/invoices/bill'
import { dropPayerPart, savePayerPart } from '@yoman/db/organisations/queries'
import type { Tx } from '@yoman/db/database'
import { allow, allowIn } from '@yoman/domain/access'
import { type PayerPart, requireOwnPart } from '@yoman/domain/invoices/payer-parts'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { personOf } from '../acting.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { fixPayer } from '../invoices/take-advance.ts'
import { transact } from '../transact.ts'
import { isBilled, moneyHeld, requireInUse } from './choose-payer.ts'

/**
 * What an organisation pays of a visit that another is billed the rest of, until the visit is billed. Asked twice it is one. Refuses `already_billed`,
 * `same_payer` (the rest is billed to it), `reference_unknown` (no such organisation in use, or treatment of the visit), `payer_parts_too_large`.
 */
export async function setPayerPart(ctx: Context, appointmentId: string, chosen: Omit<PayerPart, 'billed'>): Promise<void> {
  allow(ctx.actor, 'invoice.write')
  const chosenBy = personOf(ctx)
  const { organisationId, part, procedureIds } = chosen
  await transact(ctx, async (tx) => {
    const bill = await holdUnbilled(tx, ctx, appointmentId, organisationId)
    await requireInUse(tx, organisationId)
    if (bill.payer.organisationId === organisationId) throw new Refusal('same_payer')
    if (procedureIds?.some((id) => !bill.lines.some(({ procedureId }) => procedureId === id))) throw new Refusal('reference_unknown')
    const now = { ...chosen, billed: null }
    const parts = bill.parts.some((one) => one.organisationId === organisationId) ? bill.parts.map((one) => (one.organisationId === organisationId ? now : one)) : [...bill.parts, now]
    requireOwnPart(bill.lines, parts, moneyHeld(bill))
    // Who pays for the patient's visits may change: never to who pays a part of this one.
    await fixPayer(tx, ctx, bill)
    await savePayerPart(tx, {
      clinic_id: ctx.clinicId, appointment_id: appointmentId, organisation_id: organisationId, basis_points: 'basisPoints' in part ? part.basisPoints : null, agorot: 'agorot' in part ? part.agorot : null,
      procedure_ids: procedureIds && [...procedureIds], chosen_by: chosenBy, chosen_at: ctx.now,
    })
    await recordChange(tx, ctx, bill, { organisation: organisationId, ...part })
  })
}

/** The organisation pays nothing of the visit any more, until it is billed. Taking away nothing is fine. Refuses `already_billed`. */
export async function takePayerPartAway(ctx: Context, appointmentId: string, organisationId: string): Promise<void> {
  allow(ctx.actor, 'invoice.write')
  await transact(ctx, async (tx) => {
    const bill = await holdUnbilled(tx, ctx, appointmentId, organisationId)
    if (await dropPayerPart(tx, appointmentId, organisationId)) await recordChange(tx, ctx, bill, { organisation: organisationId })
  })
}

/** The visit, held, where neither it nor the organisation's part stands in a document. */
async function holdUnbilled(tx: Tx, ctx: Context, appointmentId: string, organisationId: string): Promise<VisitBill> {
  const bill = await loadVisitBill(tx, appointmentId, { lock: true })
  if (!bill) throw new NotFound('appointment')
  allowIn(ctx.actor, 'invoice.write', bill.branchId)
  if (bill.parts.some((one) => one.organisationId === organisationId && one.invoiceId !== null && !one.credited) || (await isBilled(tx, bill))) throw new Refusal('already_billed')
  return bill
}

const recordChange = (tx: Tx, ctx: Context, { appointmentId, patientId, branchId }: VisitBill, details: Record<string, string | number>): Promise<void> =>
  recordEvents(tx, ctx, [{ name: 'appointment.changed', subject: { type: 'appointment', id: appointmentId }, patientId, branchId, details: { fields: ['payer_parts'], ...details } }])
