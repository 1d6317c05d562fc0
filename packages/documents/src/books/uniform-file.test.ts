import { countBooks } from '@yoman/domain/books/summary'
import { expect, it } from 'vitest'
import { issueForVisit } from '@yoman/domain/invoices/issue-for-visit'
import { aMonth, asBookDocument, asBytes, header, written } from './books.fixture.ts'
import { checkBooks } from './check/check-books.ts'
import { readByTable, total } from './read-by-table.fixture.ts'

const month = aMonth()

it('passes our own check, but for the registration that the product has not yet', async () => {
  const { findings, records } = await checkBooks({ ...asBytes(written(month)), today: '20261130' })
  expect(findings.map(({ code, field }) => [code, field])).toEqual([['unregistered', 1006]])
  expect(Object.fromEntries(records)).toEqual(written(month).counts)
})

it('counts as the screen at its end does', () => {
  const count = countBooks()
  for (const document of month) count.add(document)
  expect(count.end().records).toEqual(written(month).counts)
  const sum = (side: 'net' | 'vat', ...kinds: string[]): number => month.filter(({ kind }) => kinds.includes(kind)).reduce((all, document) => all + document[side], 0)
  const [rate] = count.end().vat
  // A credit is told apart: whether the customer acknowledged it is not known here.
  expect(count.end().vat).toEqual([{ basisPoints: 1800, netAgorot: sum('net', '305', '320'), vatAgorot: sum('vat', '305', '320'), credits: 1, creditNetAgorot: sum('net', '330'), creditVatAgorot: sum('vat', '330') }])
  expect((rate?.vatAgorot ?? 0) - (rate?.creditVatAgorot ?? 0)).toBe(count.end().accounts.filter(({ role }) => role === 'vat').reduce((sum, { creditAgorot, debitAgorot }) => sum + creditAgorot - debitAgorot, 0))
  expect(count.end().kinds).toContainEqual({ kind: '320', count: 3, totalAgorot: 53_459 + 18_003 + 20_000 })
})

it('names a customer who is a dealer by their number, and passes our own check with it', async () => {
  const [first, ...rest] = month
  if (!first) throw new Error('the month has documents')
  const documents = [{ ...first, customer: { ...first.customer, dealerNumber: '777777715' } }, ...rest]
  const headers = readByTable(written(documents).data).filter((record) => record[1200] === 'C100')
  expect(headers.map((record) => record[1215]).slice(0, 2)).toEqual(['777777715', '000000000'])
  expect((await checkBooks({ ...asBytes(written(documents)), today: '20261130' })).findings.map(({ code }) => code)).toEqual(['unregistered'])
})

it('reads the same by the table of the specification alone', () => {
  const { ini, data } = written(month)
  const [head] = readByTable(ini)
  const records = readByTable(data)
  expect(head).toMatchObject({ 1000: 'A000', 1002: String(records.length).padStart(15, '0'), 1003: '514238765', 1012: 'C:\\OPENFRMT\\51423876.26\\11301025', 1018: 'מרפאות שקד בע"מ', 1024: '20261101' })
  const of = (code: string) => records.filter((record) => Object.values(record)[0] === code)
  expect(of('C100')[1]).toMatchObject({ 1203: '320', 1204: '7', 1206: '0915', 1207: 'נועה בן-דוד', 1225: 'P0123456789ABCD', 1231: '1' })
  expect(of('C100')[2]).toMatchObject({ 1207: 'Ivan Petrov', 1231: '2', 1233: '' })
  expect(of('D120')[3]).toMatchObject({ 1306: '2', 1307: '0000000012', 1308: '0000000605', 1309: '000000000778899', 1310: '0000004411' })
  // A card in instalments, and a cheque of which the facts are known.
  expect(of('D120')[0]).toMatchObject({ 1306: '3', 1314: 'Visa', 1315: '2' })
  expect(of('D120')[4]).toMatchObject({ 1303: '400', 1306: '2', 1307: '0000000012', 1308: '0000000605', 1309: '000000000778899', 1310: '0000000101', 1311: '20261120', 1312: '+00000000053459' })
  expect(of('D110').at(-2)).toMatchObject({ 1253: '330', 1256: '320', 1257: '7' })
  // Money given back is cash out (410) of its credit note: positive, as all sums of documents are.
  expect(of('D110').at(-1)).toMatchObject({ 1253: '410', 1256: '330', 1257: '1', 1268: '0000' })
  expect(of('D120').slice(-2)).toMatchObject([{ 1303: '410', 1306: '3', 1312: '+00000000002000' }, { 1303: '410', 1306: '1', 1312: '+00000000003000' }])
  expect(total(of('C100'), 1223)).toBe(month.reduce((sum, document) => sum + document.total, 0))
  expect(total(of('D110'), 1267)).toBe(total(of('C100'), 1219))
  expect(total(of('B110'), 1415)).toBe(total(of('B110'), 1416))
  expect(total(of('B100').filter((record) => record[1366] === '1'), 1368)).toBe(total(of('B110'), 1415))
})

it('tells a discount with its line, which is told after it, and none in the header', async () => {
  const lines = [{ description: 'ניקוי אבנית', quantity: 3, unitPrice: 11_800, discount: 3_540 }, { description: 'צילום', quantity: 1, unitPrice: 5_900, discount: 5_900 }, { description: 'ייעוץ', quantity: 7, unitPrice: 3_333, discount: 1 }, { description: 'בדיקה', quantity: 1, unitPrice: 18_000 }]
  const request = issueForVisit({ lines, payments: [], vatRates: [{ validFrom: header.from.with({ year: 2025 }), basisPoints: 1800 }], taxPoint: header.from })
  const file = written([asBookDocument(request, 1)])
  const { findings } = await checkBooks({ ...asBytes(file), today: '20261130' })
  expect(findings.map(({ code }) => code)).toEqual(['unregistered'])
  const records = readByTable(file.data)
  const [head] = records.filter((record) => record[1200] === 'C100')
  const told = records.filter((record) => record[1250] === 'D110')
  // 118.00 with VAT is 100.00 without it: three pieces at 100.00, 30.00 off, 270.00.
  expect(told[0]).toMatchObject({ 1265: '+00000000010000', 1266: '-00000000003000', 1267: '+00000000027000' })
  expect(told[1]).toMatchObject({ 1265: '+00000000005000', 1266: '-00000000005000', 1267: '+00000000000000' })
  expect(told[3]).toMatchObject({ 1266: '+00000000000000' })
  expect([head?.[1219], head?.[1220], head?.[1221]]).toEqual([head?.[1221], '+00000000000000', head?.[1219]])
  expect(total(told, 1267)).toBe(request.net)
})

it('dates the value of a receipt by its earliest cheque, and of all else by its own day', () => {
  const values = (documents: typeof month) => readByTable(written(documents).data).filter((record) => record[1200] === 'C100').map((record) => [record[1203], record[1216]])
  expect(values(month)).toEqual(month.map(({ kind }) => [kind, kind === '400' ? '20261120' : '20261110']))
  const receipts = month.filter(({ kind }) => kind === '400')
  const later = receipts.flatMap(({ payments }) => payments).flatMap((payment) => (payment.cheque ? [{ ...payment, cheque: { ...payment.cheque, dueOn: payment.cheque.dueOn.add({ months: 1 }) } }] : []))
  expect(values(receipts.map((receipt) => ({ ...receipt, payments: [...later, ...receipt.payments] })))).toEqual([['400', '20261120']])
})

it('of a month without documents is a file with its ends and the accounts', async () => {
  const { findings } = await checkBooks({ ...asBytes(written([])), today: '20261130' })
  expect(findings.filter(({ code }) => code !== 'unregistered')).toEqual([])
})
