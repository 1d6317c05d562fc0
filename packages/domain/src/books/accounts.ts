import type { PaymentMethod } from '../invoices/invoice.ts'

/** The accounts that documents move. `customers` is what patients owe; `rounding` what cash in tens of agorot leaves over. */
export const accountRoles = ['cash', 'card', 'transfer', 'bit', 'cheque', 'customers', 'income', 'vat', 'rounding'] as const
export type AccountRole = (typeof accountRoles)[number]

export interface Account {
  /** What it is called in the accountant's own books, at most 15 characters. */
  key: string
  name: string
}
export type Accounts = Record<AccountRole, Account>

/** Where money of each kind lies until it is deposited. */
export const accountOfMethod = (method: PaymentMethod): AccountRole => method

/** Keys that stand for two accounts at once: the receiver would mix them. Empty keys are among them. */
export const unclearKeys = (accounts: Accounts): AccountRole[] => unclear(accounts, 'key')

/** Names that stand for two accounts at once, for programs that tell accounts apart by their names (QuickBooks). */
export const unclearNames = (accounts: Accounts): AccountRole[] => unclear(accounts, 'name')

function unclear(accounts: Accounts, by: keyof Account): AccountRole[] {
  const said = accountRoles.map((role) => accounts[role][by].trim().toLowerCase())
  return accountRoles.filter((_, index) => said[index] === '' || said.indexOf(said[index] ?? '') !== index)
}
