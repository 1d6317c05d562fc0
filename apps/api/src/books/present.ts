import type { BookCheck, BookExport } from '@yoman/contract/books'
import type { BookExportRow } from '@yoman/db/books/queries'
import type { CheckedBooks } from '@yoman/documents/books/check/check-books'
import { fieldNamed } from '@yoman/documents/books/check/fields'
import { findingCodes } from '@yoman/documents/books/check/findings'

export const presentBookExport = (row: BookExportRow): BookExport => ({
  id: row.id, format: row.format, from: row.from_on.toString(), to: row.to_on.toString(), madeAt: row.made_at.toString(),
  business: row.business, software: { name: row.software.name, version: row.software.version, registration: row.software.registration }, accounts: row.accounts,
  path: row.folder === null ? null : `C:\\${row.folder.replaceAll('/', '\\')}`,
  records: row.summary.records, kinds: row.summary.kinds, balance: row.summary.accounts, vat: row.summary.vat, otherBusiness: row.summary.otherBusiness,
})

export const presentCheck = ({ findings, counts, records, ...head }: CheckedBooks): BookCheck => ({
  ...head,
  records: [...records].map(([code, count]) => ({ code, count })),
  findings: findings.map(({ field, ...finding }) => ({ ...finding, field: field === null ? null : fieldNamed(field), severity: findingCodes[finding.code] })),
  counts: [...counts].map(([code, count]) => ({ code, count })),
})
