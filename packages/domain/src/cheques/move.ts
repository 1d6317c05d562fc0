import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../refusal.ts'
import type { PlainDate } from '../time.ts'
import type { Agorot } from '../money/agorot.ts'
import type { InvoiceDraft, InvoiceReference, Payment } from '../invoices/invoice.ts'

/** A cheque lies at the desk, is brought to the bank, and is cleared there or comes back; or it goes back to the patient before. */
export const chequeStates = ['held', 'deposited', 'cleared', 'returned', 'withdrawn'] as const
export type ChequeState = (typeof chequeStates)[number]

/** What may follow what. A bank also returns what it had cleared, and what nobody wrote a slip for; what is gone stays gone: new money is a new payment. */
const next: Record<ChequeState, readonly ChequeState[]> = {
  held: ['deposited', 'returned', 'withdrawn'], deposited: ['cleared', 'returned'], cleared: ['returned'], returned: [], withdrawn: [],
}

/** Refuses `cheque_moved`: somebody moved it already, or it is not where this could happen. */
export function requireMove(from: ChequeState, to: ChequeState): void {
  if (!next[from].includes(to)) throw new Refusal('cheque_moved', { state: from })
}

/** Refuses `cheque_not_due`: a bank takes no cheque before its day. */
export function requireDepositable(dueOn: PlainDate, on: PlainDate): void {
  if (Temporal.PlainDate.compare(dueOn, on) > 0) throw new Refusal('cheque_not_due')
}

/** Refuses `cheque_day_ahead` (a step of tomorrow) and `cheque_day_before`: before the cheque came, or before the step that it follows (`movedOn`). */
export function requireDay(on: PlainDate, { receivedOn, movedOn }: { receivedOn: PlainDate; movedOn: PlainDate | null }, today: PlainDate): void {
  if (Temporal.PlainDate.compare(on, today) > 0) throw new Refusal('cheque_day_ahead')
  if ([receivedOn, movedOn].some((day) => day !== null && Temporal.PlainDate.compare(on, day) < 0)) throw new Refusal('cheque_day_before')
}

/**
 * The voucher (410) of a cheque that is gone: returned by the bank, or given back to the patient. It takes the cheque out of the money of the
 * document that receipted it, whole, and declares no VAT: where the cheque was taxed that stands, and its sum is owed on the voucher; where it
 * was not, its sum is owed on the request again. Throws RangeError for other means.
 */
export function voucherOfCheque({ receipt, cheque, description }: { receipt: InvoiceReference; cheque: Payment; description: string }): InvoiceDraft {
  if (cheque.method !== 'cheque') throw new RangeError(`no cheque: ${cheque.method}`)
  const total = cheque.amount
  return { kind: '410', lines: [{ description, quantity: 1, unitPrice: total, total }], payments: [cheque], vatBasisPoints: 0, net: total, vat: 0, total, basedOn: { kind: receipt.kind, number: receipt.number, issuedOn: receipt.issuedOn }, reason: '' }
}

/** Cheques of each state and their sum: none is in two, and none in none. */
export function sumsByState(cheques: readonly { state: ChequeState; amount: Agorot }[]): { state: ChequeState; count: number; amount: Agorot }[] {
  return chequeStates.map((state) => {
    const of = cheques.filter((cheque) => cheque.state === state)
    return { state, count: of.length, amount: of.reduce((sum, { amount }) => sum + amount, 0) }
  })
}
