import { dayBook } from '@yoman/domain/registers/day-book'
import { instant, plainDate } from '@yoman/domain/time'
import { describe, expect, it } from 'vitest'
import { withoutControls } from '../bidi.ts'
import { drawSheet } from '../sheets/draw.ts'
import type { Sheet } from '../sheets/model.ts'
import { dayBookSheet } from './day-book.ts'
import type { RegisterFrame, RegisterLanguage } from './frame.ts'

const day = plainDate('2026-11-22')
const frame = (language: RegisterLanguage): RegisterFrame => ({
  language, business: { name: 'הדר רפואה בע״מ', vatNumber: '514777715', address: 'הרצל 1', city: 'חיפה' }, from: day, to: day, madeOn: plainDate('2026-11-23'), madeAt: '07:05', madeAtMs: 1_795_000_000_000, about: [],
})
const named = { givenName: 'שרה', familyName: 'לוי', givenNameLatin: 'Sara', familyNameLatin: 'Levi' }
const branch = { id: 'b', name: 'הדר מרכז', nameEn: 'Hadar Centre', zone: 'Asia/Jerusalem' }
const book = (visits: number) => ({
  branches: [branch],
  ...dayBook(
    Array.from({ length: visits }, (_, at) => ({ ...named, visitId: `v${at}`, patientId: `p${at}`, branchId: 'b', admittedAt: instant('2026-11-22T06:00:00Z').add({ minutes: at }) })),
    [{ ...named, id: 'm', method: 'card', amount: 18_000, receivedAt: instant('2026-11-22T07:00:00Z'), branchId: 'b', patientId: 'p0', visitId: 'v0', receipt: { id: 'i', kind: '320', number: 12 }, payer: 'משה לוי', tookBack: false }],
    [{ id: 'r', visitId: 'v1', number: 7, total: 32_000, payer: '' }],
  ),
})
/** Everything that stands on it, in the order of reading. */
const textsOf = (sheet: Sheet): string[] =>
  [sheet.letterhead.name, ...sheet.letterhead.lines, sheet.heading, ...sheet.facts.flatMap(({ label, value }) => [label, value]), ...sheet.parts.flatMap((part) => (part.kind === 'table' ? part.rows.flat() : part.kind === 'total' ? [part.label, part.value] : part.kind === 'signature' ? [] : [part.text])), sheet.footer.start].map(withoutControls)
const pagesOf = async (sheet: Sheet): Promise<number> => [...(await drawSheet(sheet)).toString('latin1').matchAll(/\/Type \/Page\b/g)].length

describe('a print of the books', () => {
  it.each([['he', 'יומן רופא', 'סוף הדוח', 'הופק'], ['en', 'Doctor’s day-book', 'End of the report', 'Produced']] as const)('says in %s whose it is, of which days, what, when it was made, and where it ends', (language, nature, end, produced) => {
    const sheet = dayBookSheet(frame(language), book(2))
    expect(sheet.heading).toBe(nature)
    expect(textsOf(sheet)).toEqual(expect.arrayContaining(['הדר רפואה בע״מ', '22/11/2026', produced, '23/11/2026 07:05', expect.stringContaining('514777715')]))
    expect(withoutControls((sheet.parts.at(-1) as { text: string }).text)).toBe(`— ${end}: ${nature}, 22/11/2026 —`)
    expect(sheet.footer.page).toMatch(/\{page\}.*\{pages\}/)
  })

  it('is drawn from the same data as the same bytes, over as many pages as it takes', async () => {
    const draw = () => drawSheet(dayBookSheet(frame('he'), book(3)))
    expect((await draw()).equals(await draw())).toBe(true)
    expect(await pagesOf(dayBookSheet(frame('he'), book(2)))).toBe(1)
    expect(await pagesOf(dayBookSheet(frame('en'), book(90)))).toBeGreaterThan(2)
  })
})

describe('the day-book on paper', () => {
  it('has for each visit the hour, the name, what came by what means on which document, and who pays', () => {
    const texts = textsOf(dayBookSheet(frame('he'), book(3)))
    expect(texts).toEqual(expect.arrayContaining(['08:00', 'שרה לוי', '₪180.00 כרטיס אשראי', 'חשבונית מס / קבלה 12', 'משלם/ת: משה לוי', '08:01', 'חשבונית עסקה 7 על סך ₪320.00', '08:02', 'לא התקבל תשלום', 'סה״כ ליום', '₪180.00', 'מטופלים שהתקבלו: 3']))
  })
})
