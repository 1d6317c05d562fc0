import { v7 as uuid } from 'uuid'
import { lockAccounting } from '@yoman/db/accounting/connection'
import { insertAttempts, lockEntry, saveEntry } from '@yoman/db/accounting/entries'
import { maySendAgain } from '@yoman/domain/accounting/state'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { allowWhole, personOf } from '../acting.ts'
import { atOnce } from '../allocation-numbers/at-once.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'

/**
 * Sends a document's entry again that the service refused, under the accounts of now, or that is missing there, byte by byte as it was. Throws
 * `NotFound`; refuses `accounting_off`, `accounting_entry_kept` (the service has it, or it is on its way).
 */
export async function sendAgain(ctx: Context, invoiceId: string): Promise<void> {
  allowWhole(ctx, 'accounting.write')
  await transact(ctx, async (tx) => {
    const connection = await lockAccounting(tx)
    if (!connection) throw new Refusal('accounting_off')
    const row = await lockEntry(tx, connection.id, invoiceId)
    if (!row) throw new NotFound('invoice')
    if (!maySendAgain(row.state)) throw new Refusal('accounting_entry_kept')
    const anew = row.state === 'refused' ? { payload: null, payload_hash: null, reference: null, total_agorot: 0 } : {}
    await saveEntry(tx, row, { ...anew, state: 'waiting', problem: null, message: '', account: null, differences: [], next_at: atOnce })
    await insertAttempts(tx, [{ clinic_id: ctx.clinicId, id: uuid(), connection_id: connection.id, invoice_id: invoiceId, attempt: row.attempt, at: ctx.now, outcome: 'asked_again', payload_hash: row.payload_hash, service_id: row.service_id, message: '', made_by: personOf(ctx) }])
    await recordEvents(tx, ctx, [{ name: 'accounting_entry.asked_again', subject: { type: 'invoice', id: invoiceId }, details: { state: row.state } }])
  })
}
