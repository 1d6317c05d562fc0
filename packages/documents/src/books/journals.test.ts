import { journalOf } from '@yoman/domain/books/journal'
import { expect, it } from 'vitest'
import { accounts, aMonth, asBookDocument } from './books.fixture.ts'
import { hebrewBytes } from './iso-8859-8.ts'
import { quickBooksRows, xeroRows } from './journal-csv.ts'
import { moveinRows, pairs } from './movein.ts'

const month = aMonth()

it('pairs debits with credits until nothing is left of either', () => {
  for (const document of month) {
    const journal = journalOf(document)
    const found = pairs(journal)
    for (const role of new Set(journal.map(({ account }) => account))) {
      const sum = (side: 'debit' | 'credit'): number => found.filter((pair) => pair[side] === role).reduce((all, { amount }) => all + amount, 0)
      const wanted = journal.filter(({ account }) => account === role)
      expect([sum('debit'), sum('credit')]).toEqual([wanted.reduce((all, line) => all + line.debit, 0), wanted.reduce((all, line) => all + line.credit, 0)])
    }
  }
})

it('tells all three the same sums', () => {
  const [paid] = month.filter(({ number }) => number === 7)
  if (!paid) throw new Error('the month has its document 7')
  const total = journalOf(paid).reduce((sum, { debit }) => sum + debit, 0) / 100
  const cells = (rows: string[], place: number): number[] => rows.map((row) => Number(row.trimEnd().split(',')[place]))
  expect(cells(quickBooksRows(paid, accounts), 4).reduce((sum, cell) => sum + cell, 0)).toBeCloseTo(total, 6)
  expect(cells(xeroRows(paid, accounts), 5).reduce((sum, cell) => sum + cell, 0)).toBeCloseTo(0, 6)
  expect(moveinRows(paid, accounts).split('\r\n').slice(0, -1).reduce((sum, row) => sum + Number(row.slice(-24, -12)), 0)).toBeCloseTo(total, 6)
})

it('names of people do no harm: no formula, no field out of its place, no letter that has no byte', () => {
  const [request] = month
  if (!request) throw new Error('a month has documents')
  const nasty = asBookDocument({ ...request, kind: '305', basedOn: null, reason: '', lines: [...request.lines], payments: [] }, 3, { customer: { key: 'P1', names: ['=cmd|"/c calc", 😀'], address: '' } })
  const [first = ''] = quickBooksRows(nasty, accounts)
  expect(first).toContain(`,"'=cmd|""/c calc"", 😀"\r\n`)
  const rows = moveinRows(nasty, accounts).split('\r\n').slice(0, -1)
  expect(new Set(rows.map((row) => hebrewBytes(row).length)).size).toBe(1)
})
