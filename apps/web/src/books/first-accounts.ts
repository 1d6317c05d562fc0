import { accountRoles, type Accounts } from '@yoman/domain/books/accounts'
import { t } from '../i18n.ts'

const keys: Record<keyof Accounts, string> = { cash: '1001', card: '1002', transfer: '1003', bit: '1004', cheque: '1005', customers: '2000', vat: '4000', income: '6000', rounding: '7000' }

/** What the accounts are called until the accountant says otherwise. */
export const firstAccounts = (): Accounts => Object.fromEntries(accountRoles.map((role) => [role, { key: keys[role], name: t(`books.account.${role}`) }])) as Accounts // every role
