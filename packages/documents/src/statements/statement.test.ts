import type { AccountStatement } from '@yoman/domain/statements/statement'
import { documentLanguages } from '@yoman/domain/plans/shown'
import { describe, expect, it } from 'vitest'
import { withoutControls } from '../bidi.ts'
import { drawSheet } from '../sheets/draw.ts'
import { statementSheet } from './model.ts'

const madeAtMs = 1_796_000_000_000
const statementIn = (language: AccountStatement['language'], more: Partial<AccountStatement> = {}): AccountStatement => ({
  form: 1, language, clinic: { name: 'מרפאת הדר', legalName: 'הדר רפואת שיניים בע״מ', vatNumber: '514777715', address: 'דיזנגוף 99, תל אביב', phone: '+97236123456' }, reader: 'שרה לוי', accounts: [],
  from: '2026-11-01', to: '2026-11-30', on: '2026-12-01',
  documents: [{ patient: 'נועם', kind: '300', number: 31, on: '2026-11-03', total: 18_000, received: 0 }, { patient: 'שרה', kind: '320', number: 12, on: '2026-11-09', total: 35_000, received: 35_000 }],
  open: [{ patient: 'נועם', kind: '300', number: 31, on: '2026-11-03', dueOn: '2026-12-03', owed: 18_000 }],
  owed: 18_000, credit: 5_000, ...more,
})
const textsOf = (statement: AccountStatement): string[] =>
  statementSheet(statement, madeAtMs).parts.flatMap((part) => (part.kind === 'table' ? part.rows.flat() : part.kind === 'total' ? [part.label, part.value] : part.kind === 'signature' ? [] : [part.text])).map(withoutControls)

describe('a statement of account on paper', () => {
  it('says what is owed, for whom and until when, what happened in the month, and that it is no invoice', () => {
    const sheet = statementSheet(statementIn('he'), madeAtMs)
    expect(sheet).toMatchObject({ direction: 'rtl', heading: 'דף חשבון' })
    expect(sheet.facts.map(({ value }) => withoutControls(value))).toEqual(['שרה לוי', '01/11/2026 - 30/11/2026', '01/12/2026'])
    expect(sheet.letterhead.lines.map(withoutControls)).toEqual(['הדר רפואת שיניים בע״מ', 'עוסק מורשה 514777715', 'דיזנגוף 99, תל אביב', 'טלפון 03-612-3456'])
    expect(textsOf(statementIn('he'))).toEqual(expect.arrayContaining(['חשבונית עסקה 31, עבור נועם', '03/12/2026', '₪180.00', 'סך הכול לתשלום', 'חשבונית מס / קבלה 12, עבור שרה', '₪350.00', 'סכום שעומד לזכותך', '₪50.00', 'דף חשבון זה הוא לידיעה ואינו חשבונית ואינו קבלה.']))
  })

  it('thanks who owes nothing, and says so where nothing happened', () => {
    const texts = textsOf(statementIn('en', { open: [], owed: 0, documents: [], credit: 0 }))
    expect(texts).toEqual(['Nothing is owed. Thank you!', 'Documents and payments of the period', 'No documents were issued in the period.', 'This statement is for information; it is neither an invoice nor a receipt.'])
  })

  it('names nobody where it is of one person alone', () => {
    expect(textsOf(statementIn('he', { open: [{ ...statementIn('he').open[0]!, patient: '' }] }))).toContain('חשבונית עסקה 31')
  })

  it.each(documentLanguages)('is drawn in %s, from the same data the same bytes, with nothing in it that runs or leads away', async (language) => {
    const hostile = statementIn(language, { reader: '</Title><script>alert(1)</script> \u202eאבג', clinic: { ...statementIn(language).clinic, name: '(/JS) \\ ) endobj' } })
    const pdf = await drawSheet(statementSheet(hostile, madeAtMs))
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.equals(await drawSheet(statementSheet(hostile, madeAtMs)))).toBe(true)
    expect(pdf.toString('latin1')).not.toMatch(/\/(JavaScript|URI|Launch|EmbeddedFile|OpenAction|AA)\b/)
  })
})
