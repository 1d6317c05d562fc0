import { Refusal } from '../refusal.ts'
import type { PlainDate } from '../time.ts'
import { Temporal } from 'temporal-polyfill'
import { type Accounts, unclearKeys, unclearNames } from './accounts.ts'
import { isVatNumber } from './identity.ts'

/** The uniform file of the Tax Authority, and journals for three programs. */
export const bookFormats = ['uniform', 'movein', 'quickbooks', 'xero'] as const
export type BookFormat = (typeof bookFormats)[number]

export interface BookRequest {
  id: string
  format: BookFormat
  /** Dates printed on the documents, both included. */
  from: PlainDate
  to: PlainDate
  accounts: Accounts
}

/** Refuses `book_period_invalid` (ends before it begins, or has not begun), `account_keys_unclear`, for QuickBooks `account_names_unclear`, and for the uniform file `vat_number_missing`. */
export function requireExportable({ format, from, to, accounts }: BookRequest, vatNumber: string, today: PlainDate): void {
  if (Temporal.PlainDate.compare(from, to) > 0 || Temporal.PlainDate.compare(from, today) > 0) throw new Refusal('book_period_invalid')
  const [unclearKey] = unclearKeys(accounts)
  if (unclearKey) throw new Refusal('account_keys_unclear', { key: accounts[unclearKey].key })
  const [unclearName] = format === 'quickbooks' ? unclearNames(accounts) : []
  if (unclearName) throw new Refusal('account_names_unclear', { name: accounts[unclearName].name })
  if (format === 'uniform' && !isVatNumber(vatNumber)) throw new Refusal('vat_number_missing')
}
