import { type AccountRole, type Accounts, accountRoles } from '@yoman/domain/books/accounts'
import type { BookCustomer, BookDocument } from '@yoman/domain/books/book-document'
import { journalOf } from '@yoman/domain/books/journal'
import { firstReadable } from './clean-text.ts'
import { type Place, yyyymmdd } from './document-records.ts'
import { writeRecord } from './record.ts'

/** Sums of one account, in agorot. */
export interface Turnover {
  debit: number
  credit: number
}
export const addTo = (turnovers: Map<string, Turnover>, key: string, line: Turnover): void => {
  const { debit, credit } = turnovers.get(key) ?? { debit: 0, credit: 0 }
  turnovers.set(key, { debit: debit + line.debit, credit: credit + line.credit })
}

/** The journal lines (B100) of one document, all of one entry, which is numbered by the document's place in the file. */
export function journalRecords(document: BookDocument, accounts: Accounts, place: Place, turnovers: Map<string, Turnover>): string[] {
  addTo(turnovers, document.customer.key, { debit: 0, credit: 0 }) // every customer of a document is an account
  return journalOf(document).map((line, index) => {
    const key = line.account === 'customers' ? document.customer.key : accounts[line.account].key
    addTo(turnovers, key, line)
    return writeRecord('B100', {
      1350: 'B100', 1351: place.next(), 1352: place.vatNumber, 1353: place.link, 1354: index + 1, 1356: document.kind,
      1357: String(document.number), 1358: document.kind, 1359: document.basedOn ? String(document.basedOn.number) : '', 1360: document.basedOn?.kind ?? 0,
      1361: firstReadable([...document.customer.names, document.customer.key]), 1362: yyyymmdd(document.date), 1363: yyyymmdd(document.date), 1364: key,
      1366: line.debit > 0 ? 1 : 2, 1368: line.debit + line.credit, 1374: place.branches ? String(document.branch) : '', 1375: yyyymmdd(document.madeOn),
      1376: firstReadable([document.by]),
    })
  })
}

/** The trial balance's groups; the file is Hebrew. */
const groups: Record<AccountRole, { code: string; name: string }> = {
  cash: { code: '100', name: 'קופות ואמצעי תשלום' }, card: { code: '100', name: 'קופות ואמצעי תשלום' }, transfer: { code: '100', name: 'קופות ואמצעי תשלום' },
  bit: { code: '100', name: 'קופות ואמצעי תשלום' }, cheque: { code: '100', name: 'קופות ואמצעי תשלום' }, customers: { code: '200', name: 'לקוחות' },
  income: { code: '600', name: 'הכנסות' }, vat: { code: '400', name: 'מוסדות' }, rounding: { code: '700', name: 'הוצאות כלליות' },
}

/** Accounts are of the whole business: where it has branches they stand with the first. */
const mainBranch = '1'

/** The accounts (B110): those of the business, then each customer that a document names. The books begin with the period, so nothing is carried forward. */
export function accountRecords(accounts: Accounts, customers: ReadonlyMap<string, BookCustomer>, place: Omit<Place, 'link'>, turnovers: ReadonlyMap<string, Turnover>): string[] {
  const own = accountRoles.filter((role) => role !== 'customers').map((role) => ({ key: accounts[role].key, name: accounts[role].name, group: groups[role], address: '' }))
  const theirs = [...customers.values()].map((customer) => ({ key: customer.key, name: firstReadable([...customer.names, customer.key]), group: groups.customers, address: customer.address }))
  return [...own, ...theirs].map(({ key, name, group, address }) => {
    const { debit, credit } = turnovers.get(key) ?? { debit: 0, credit: 0 }
    return writeRecord('B110', {
      1400: 'B110', 1401: place.next(), 1402: place.vatNumber, 1403: key, 1404: firstReadable([name, key]), 1405: group.code, 1406: group.name, 1407: address,
      1414: 0, 1415: debit, 1416: credit, 1421: place.branches ? mainBranch : '',
    })
  })
}
