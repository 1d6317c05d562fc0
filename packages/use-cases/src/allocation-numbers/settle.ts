import { v7 as uuid } from 'uuid'
import { findAnswers, insertAnswer, lockAllocation, saveAllocation } from '@yoman/db/allocation-numbers/requests'
import type { InvoiceRow } from '@yoman/db/invoices/issue'
import type { Tx } from '@yoman/db/database'
import { isHeld } from '@yoman/domain/allocation-numbers/state'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'

interface Settled {
  state: 'approved' | 'continued' | 'cancelled'
  number: string | null
  outcome: 'typed' | 'continued' | 'cancelled'
  reason: string
}

/** Ends a request by hand, and keeps who did and why. The caller holds its document. */
export async function settle(tx: Tx, ctx: Context, document: InvoiceRow, { state, number, outcome, reason }: Settled): Promise<void> {
  const [last] = await findAnswers(tx, document.id)
  await saveAllocation(tx, document.id, { state, number, reason, problem: null, next_at: null, lease_until: null, settled_at: ctx.now, settled_by: ctx.actor.staffId })
  await insertAnswer(tx, { clinic_id: ctx.clinicId, id: uuid(), invoice_id: document.id, attempt: last?.attempt ?? 0, answered_at: ctx.now, outcome, code: null, message: reason, number, made_by: ctx.actor.staffId })
  await recordState(tx, ctx, document, state)
}

/** Nobody needs the number of a document that was credited whole: what waits for one waits no more. An answer that is on its way is kept and changes nothing. */
export async function cancelAsking(tx: Tx, ctx: Context, document: InvoiceRow, reason: string): Promise<void> {
  const row = await lockAllocation(tx, document.id)
  if (row && isHeld(row.state)) await settle(tx, ctx, document, { state: 'cancelled', number: null, outcome: 'cancelled', reason })
}

/** One that is settled may leave now: the worker hears of it. */
export const recordState = (tx: Tx, ctx: Context, { id, patient_id, branch_id }: InvoiceRow, state: 'waiting' | Settled['state']): Promise<void> =>
  recordEvents(tx, ctx, [{ name: state === 'waiting' ? 'allocation_number.changed' : 'allocation_number.settled', subject: { type: 'invoice', id }, patientId: patient_id, branchId: branch_id, details: { state, by: 'hand' } }])
