import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../refusal.ts'
import type { PlainDate } from '../time.ts'
import type { Payment } from './invoice.ts'

/** A bank refuses a cheque that is older (Bank of Israel, directive 439). */
const daysBack = 180
const yearsAhead = 3
/** The smallest coin is ten agorot (Bank of Israel, since 2008). */
const coin = 10

/**
 * Refuses a means of payment without the facts that the law wants of it, or with those of another: `cheque_facts_missing`,
 * `cheque_date_wrong` (older than a bank takes, or so far ahead that it is a typing mistake), `means_facts_wrong`, `cash_not_in_tens`.
 */
export function requireMeans({ method, amount, cheque, card }: Payment, today: PlainDate): void {
  if ((cheque && method !== 'cheque') || (card && method !== 'card')) throw new Refusal('means_facts_wrong')
  if (method === 'cash' && amount % coin !== 0) throw new Refusal('cash_not_in_tens')
  if (method !== 'cheque') return
  if (!cheque) throw new Refusal('cheque_facts_missing')
  const { dueOn } = cheque
  const [first, last] = [today.subtract({ days: daysBack }), today.add({ years: yearsAhead })]
  if (Temporal.PlainDate.compare(dueOn, first) < 0 || Temporal.PlainDate.compare(dueOn, last) > 0) throw new Refusal('cheque_date_wrong')
}
