import type { Accounts } from '@yoman/domain/books/accounts'
import type { BookCustomer, BookDocument } from '@yoman/domain/books/book-document'
import type { PlainDate, PlainTime } from '@yoman/domain/time'
import { documentRecords, hhmm, yyyymmdd } from './document-records.ts'
import { accountRecords, journalRecords, type Turnover } from './journal-records.ts'
import { writeRecord } from './record.ts'

/** What stands in the file's head. */
export interface UniformHeader {
  business: { vatNumber: string; name: string; address: string; city: string }
  software: { name: string; version: string; /** Eight digits; zeros until the product is registered. */ registration: string; vendorVatNumber: string; vendor: string; packer: string }
  from: PlainDate
  to: PlainDate
  madeOn: PlainDate
  madeAt: PlainTime
  primaryId: string
  /** `OPENFRMT/…`, without the drive. */
  folder: string
  branches: boolean
  accounts: Accounts
}

const constant = '&OF1.31&'
const summed = ['B100', 'B110', 'C100', 'D110', 'D120'] as const

export interface UniformFile {
  /** The next lines of BKMVDATA.TXT, each with its line end. */
  open(): string
  add(document: BookDocument): string
  close(): string
  /** INI.TXT, once it is closed. */
  ini(): string
  counts(): Record<string, number>
}

/**
 * The uniform file of the Tax Authority, version 1.31, as text that is written while documents pass: each with its journal entry
 * behind it, the accounts at the end, when their sums are known. Nothing is kept but those sums.
 */
export function uniformFile(header: UniformHeader): UniformFile {
  const counts: Record<string, number> = {}
  const turnovers = new Map<string, Turnover>()
  const customers = new Map<string, BookCustomer>()
  let records = 0
  let link = 0
  const { vatNumber } = header.business
  const place = { vatNumber, branches: header.branches, next: () => (records += 1) }
  const ends = (code: 'A100' | 'Z900', fields: Record<number, string | number>): string => counted([writeRecord(code, fields)], counts)

  return {
    open: () => ends('A100', { 1100: 'A100', 1101: place.next(), 1102: vatNumber, 1103: header.primaryId, 1104: constant }),
    add(document) {
      link += 1
      if (!customers.has(document.customer.key)) customers.set(document.customer.key, document.customer)
      const here = { ...place, link }
      return counted([...documentRecords(document, here), ...journalRecords(document, header.accounts, here, turnovers)], counts)
    },
    close() {
      const accounts = counted(accountRecords(header.accounts, customers, place, turnovers), counts)
      const last = place.next()
      return accounts + ends('Z900', { 1150: 'Z900', 1151: last, 1152: vatNumber, 1153: header.primaryId, 1154: constant, 1155: last })
    },
    ini: () => asLines([iniHeader(header, records), ...summed.filter((code) => (counts[code] ?? 0) > 0).map((code) => writeRecord('SUM', { 1050: code, 1051: counts[code] ?? 0 }))]),
    counts: () => counts,
  }
}

function counted(records: string[], counts: Record<string, number>): string {
  for (const record of records) {
    const code = record.slice(0, 4)
    counts[code] = (counts[code] ?? 0) + 1
  }
  return asLines(records)
}

const asLines = (records: string[]): string => records.map((record) => `${record}\r\n`).join('')

/** Multi-year software; a double entry that balances by each document, Hebrew, ISO-8859-8, shekels. */
function iniHeader({ business, software, ...header }: UniformHeader, records: number): string {
  return writeRecord('A000', {
    1000: 'A000', 1002: records, 1003: business.vatNumber, 1004: header.primaryId, 1005: constant, 1006: software.registration, 1007: software.name, 1008: software.version,
    1009: software.vendorVatNumber, 1010: software.vendor, 1011: 2, 1012: `C:\\${header.folder.replaceAll('/', '\\')}`, 1013: 2, 1014: 1,
    1015: business.vatNumber.startsWith('5') ? business.vatNumber : 0, // a company's dealer number is its number at the registrar
    1018: business.name, 1019: business.address, 1021: business.city, 1024: yyyymmdd(header.from), 1025: yyyymmdd(header.to),
    1026: yyyymmdd(header.madeOn), 1027: hhmm(header.madeAt), 1028: 0, 1029: 1, 1030: software.packer, 1032: 'ILS', 1034: header.branches ? 1 : 0,
  })
}
