import type { Agorot } from '../money/agorot.ts'
import { sumOf } from '../money/agorot.ts'
import { accountOfMethod, type AccountRole, accountRoles } from './accounts.ts'
import type { BookDocument } from './book-document.ts'

/** One side of an entry: exactly one of `debit` and `credit` is more than nothing. */
export interface JournalLine {
  account: AccountRole
  debit: Agorot
  credit: Agorot
}

/**
 * What a document does to the books, on the cash basis; the debits are the credits. A transaction invoice (300) is a request and
 * moves nothing (empty). 320: money in, income and VAT out. 305: the customer owes. 400: money in, the customer owes less.
 * 330: income and VAT back, the customer owes less. 410: money out, the customer is paid; a cheque that is gone, the customer owes it again. What rounded cash leaves over goes to `rounding`.
 */
export function journalOf(document: Pick<BookDocument, 'kind' | 'net' | 'vat' | 'total' | 'payments'>): JournalLine[] {
  const { kind, net, vat, total } = document
  if (kind === '300') return []
  if (kind === '320') return tidy([...moneyIn(document), credit('income', net), credit('vat', vat)])
  if (kind === '305') return tidy([debit('customers', total), credit('income', net), credit('vat', vat)])
  if (kind === '400') return tidy([...moneyIn(document), credit('customers', total)])
  if (kind === '410') return tidy([debit('customers', total), ...moneyIn(document).map(turned)])
  return tidy([debit('income', net), debit('vat', vat), credit('customers', total)])
}

function moneyIn({ payments, total }: Pick<BookDocument, 'payments' | 'total'>): JournalLine[] {
  const received = accountRoles.map((role) => debit(role, sumOf(payments.filter(({ method }) => accountOfMethod(method) === role).map(({ amount }) => amount))))
  const left = total - sumOf(payments.map(({ amount }) => amount))
  return [...received, left >= 0 ? debit('rounding', left) : credit('rounding', -left)]
}

const debit = (account: AccountRole, amount: Agorot): JournalLine => ({ account, debit: amount, credit: 0 })
const credit = (account: AccountRole, amount: Agorot): JournalLine => ({ account, debit: 0, credit: amount })
const turned = ({ account, debit, credit }: JournalLine): JournalLine => ({ account, debit: credit, credit: debit })
const tidy = (lines: JournalLine[]): JournalLine[] => lines.filter((line) => line.debit !== 0 || line.credit !== 0)
