import { plainDate } from '@yoman/domain/time'
import { describe, expect, it, vi } from 'vitest'
import { withoutControls } from '../bidi.ts'
import { dayFirst, fill, percent, shekels } from '../format.ts'
import { wordsIn } from '../locales/in-language.ts'
import { drawInvoice } from './draw.ts'
import { anInvoice, clinic } from './invoice.fixture.ts'
import { invoiceDocument, type InvoiceModel, type Rendering } from './model.ts'

const model = (over: Parameters<typeof anInvoice>[0] = {}, rendering: Partial<Rendering> = {}): InvoiceModel =>
  invoiceDocument(anInvoice(over), clinic, { language: 'he', mark: 'original', ...rendering })
const total = (of: InvoiceModel, label: string): string | undefined => {
  const row = of.totals.find((each) => withoutControls(each.label) === label)
  return row && withoutControls(row.value)
}
const pages = (pdf: Buffer): number => [...pdf.toString('latin1').matchAll(/\/Type \/Page\b/g)].length

describe('what an invoice says', () => {
  it('has every field the law wants of an invoice-receipt', () => {
    const he = model()
    expect(he).toMatchObject({ direction: 'rtl', heading: 'חשבונית מס / קבלה', mark: 'מקור', computerised: 'מסמך ממוחשב' })
    expect(withoutControls(he.number)).toBe('מס׳ 1024')
    expect(he.letterhead.lines.map(withoutControls)).toEqual([
      'ד״ר כהן ובניו בע״מ · סניף דיזנגוף', 'עוסק מורשה 514777715', 'דיזנגוף 99 (קומה 3), תל אביב-יפו 6433222', 'טלפון 03-612-3456', 'דוא״ל desk@cohen-dental.co.il',
    ])
    expect([he.payer.name, ...he.payer.lines].map(withoutControls)).toEqual(['נועה בן-דוד לוי', 'רחוב הרצל 12/4, חולון', 'ת״ז 123456782'])
    expect(he.facts.map(({ label, value }) => [label, withoutControls(value)])).toEqual([['תאריך', '22/11/2026']])
    expect(he.lines.rows[1]?.map(withoutControls)).toEqual(['2', 'סתימה לבנה, 2 משטחים (MO)', '2', '₪480.50', '₪961.00'])
    expect(total(he, 'סה״כ לפני מע״מ')).toBe('₪2,157.25')
    expect(total(he, 'מס ערך מוסף (18%)')).toBe('₪388.31')
    expect(total(he, 'סה״כ כולל מע״מ')).toBe('₪2,545.56')
    expect(he.payments?.table.rows[0]?.map(withoutControls)).toEqual(['כרטיס אשראי', '22/11/2026', 'Visa 4580-1234 (אישור 0077)', '₪2,045.56'])
    expect(he.payments?.stamp).toBe('נפרע')
  })

  it('names an organisation that pays with its number as a dealer, and for whom it pays', () => {
    const payer = { name: 'אלון תעשיות בע״מ', address: 'הברזל 7, תל אביב', nationalId: '', dealerNumber: '777777715', forName: 'נועה בן-דוד לוי' }
    const { name, lines } = model({ payer }).payer
    expect([name, ...lines].map(withoutControls)).toEqual(['אלון תעשיות בע״מ', 'עוסק מורשה 777777715', 'הברזל 7, תל אביב', 'עבור נועה בן-דוד לוי'])
    expect(model({ payer }, { language: 'en' }).payer.lines.map(withoutControls)).toContain('For נועה בן-דוד לוי')
  })

  it('has the nine rightmost digits of its allocation number, or says that its VAT is not to be deducted', () => {
    const numbered = model({ allocation: { number: '20261122000123456789' } })
    expect(numbered.facts.map(({ label, value }) => [label, withoutControls(value)])).toContainEqual(['מספר הקצאה', '123456789'])
    expect(numbered.notes).not.toContain('אין לנכות מס תשומות בגין חשבונית זו')
    expect(model({ allocation: 'without' }).notes).toContain('אין לנכות מס תשומות בגין חשבונית זו')
    expect(model({ allocation: null })).toEqual(model())
  })

  it('says the same in the patient\'s language, and in Hebrew what it is by law', () => {
    const en = model({}, { language: 'en' })
    expect(en).toMatchObject({ direction: 'ltr', heading: 'Tax invoice / receipt', mark: 'Original', meta: { title: 'Tax invoice / receipt 1024', language: 'en-IL' } })
    expect(total(en, 'Value added tax (18%)')).toBe('₪388.31')
    expect(withoutControls(en.legalHeading)).toBe('חשבונית מס / קבלה · מקור · מסמך ממוחשב')
    expect(model().legalHeading).toBe('')
    const ru = model({}, { language: 'ru' })
    expect(ru).toMatchObject({ direction: 'ltr', heading: 'Налоговый счёт / квитанция', mark: 'Оригинал', meta: { language: 'ru' } })
    expect(total(ru, 'НДС (18%)')).toBe('₪388.31')
    const ar = model({ kind: '300', payments: [] }, { language: 'ar', mark: 'copy' })
    expect(ar).toMatchObject({ direction: 'rtl', heading: 'فاتورة معاملة', mark: 'نسخة', meta: { language: 'ar' } })
    expect(withoutControls(ar.legalHeading)).toBe('חשבונית עסקה · העתק · מסמך ממוחשב')
  })

  it('has a heading of its own for each kind, and one mark for the copies', () => {
    expect((['300', '305', '320', '330', '400'] as const).map((kind) => model({ kind }).heading)).toEqual(['חשבונית עסקה', 'חשבונית מס', 'חשבונית מס / קבלה', 'חשבונית מס זיכוי', 'קבלה'])
    expect(model({}, { mark: 'copy' }).mark).toBe('העתק')
    expect(model({}, { mark: 'draft' }).mark).toBe('טיוטה')
  })

  it('tells that a request for payment is no tax invoice, and how much is due', () => {
    const request = model({ kind: '300', payments: [] })
    expect(request.notes).toHaveLength(1)
    expect(request.payments).toBeNull()
    expect(total(request, 'לתשלום')).toBe('₪2,545.56')
    expect(model().notes).toEqual([])
  })

  it('names the document that it settles or corrects, and why', () => {
    const credit = model({ kind: '330', payments: [], reason: 'חיוב כפול', basedOn: { kind: '320', number: 1000, issuedOn: plainDate('2026-11-01') } })
    expect(credit.facts.map(({ label, value }) => [label, withoutControls(value)])).toEqual([
      ['תאריך', '22/11/2026'], ['בהמשך ל', 'חשבונית מס / קבלה 1000, 01/11/2026'], ['סיבת הזיכוי', 'חיוב כפול'],
    ])
    expect(total(credit, 'סה״כ זיכוי כולל מע״מ')).toBe('₪2,545.56')
  })

  it('receipts cheques of later days by their facts, without VAT, and says when the tax invoice comes', () => {
    const cheque = { number: '101', bank: '12', branch: '605', account: '778899', dueOn: plainDate('2026-12-22') }
    const he = model({ kind: '400', vatBasisPoints: 0, net: 50_000, vat: 0, total: 50_000, payments: [{ method: 'cheque', amount: 50_000, receivedOn: plainDate('2026-11-22'), reference: '', cheque }] })
    expect(he.totals.map(({ label, value }) => [label, withoutControls(value)])).toEqual([['סה״כ התקבל', '₪500.00']])
    expect(he.notes).toEqual(['קבלה זו אינה חשבונית מס. חשבונית מס תופק ביום הפירעון של כל שיק.'])
    expect(he.payments?.stamp).toBe('')
    expect(he.payments?.table.rows[0]?.map(withoutControls)).toEqual(['המחאה', '22/11/2026', 'מס׳ 101, בנק 12, סניף 605, חשבון 778899, לפירעון 22/12/2026', '₪500.00'])
  })

  it('tells of a card what its slip says', () => {
    const card = { brand: 'visa' as const, lastFour: '4580', instalments: 3 }
    const en = model({ payments: [{ method: 'card', amount: 254_556, receivedOn: plainDate('2026-11-22'), reference: '0077', card }] }, { language: 'en' })
    expect(en.payments?.table.rows[0]?.map(withoutControls)[2]).toBe('Visa · 4580 · 3 instalments · 0077')
  })

  it('shows what the rounding of cash took or added', () => {
    const payment = { method: 'cash' as const, amount: 10_000, receivedOn: plainDate('2026-11-22'), reference: '' }
    expect(total(model({ total: 10_004, payments: [payment] }), 'עיגול לתשלום במזומן')).toBe('-₪0.04')
    expect(total(model({ total: 9_996, payments: [payment] }), 'עיגול לתשלום במזומן')).toBe('₪0.04')
    expect(total(model(), 'עיגול לתשלום במזומן')).toBeUndefined()
  })

  it('shows on a refund what it settles, what the rounding of cash took, and what was given', () => {
    const payment = { method: 'cash' as const, amount: 11_800, receivedOn: plainDate('2026-11-22'), reference: '' }
    const of = (total: number) => model({ kind: '410', vatBasisPoints: 0, net: total, vat: 0, total, payments: [payment] }).totals.map(({ label, value }) => [label, withoutControls(value)])
    expect(of(11_803)).toEqual([['סכום ההחזר לפני עיגול', '₪118.03'], ['עיגול לתשלום במזומן', '-₪0.03'], ['סה״כ הוחזר', '₪118.00']])
    expect(of(11_800)).toEqual([['סה״כ הוחזר', '₪118.00']])
  })

  it.each(['Анна Иванова', 'محمد عبد الله', 'נועה בן-דוד לוי', 'Łódź'])('writes the name of %s as it is', (name) => {
    const payer = { name, address: '', nationalId: '' }
    expect(withoutControls(model({ payer }, { payerNameLatin: 'Latin Name' }).payer.name)).toBe(name)
  })

  it('takes the Latin name where no font can write the other', () => {
    const payer = { name: 'ანა 安娜', address: '', nationalId: '' }
    expect(withoutControls(model({ payer }, { payerNameLatin: 'Ana An' }).payer.name)).toBe('Ana An')
    expect(withoutControls(model({ payer }).payer.name)).toBe('ანა 安娜')
  })
})

it.each(['he', 'en', 'ar', 'ru'] as const)('has words for every place in %s, and the same places as Hebrew', (language) => {
  const shape = (value: unknown): unknown => (typeof value === 'string' ? [...value.matchAll(/\{\w+\}/g)].map(([place]) => place).sort() : typeof value === 'object' && value ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shape(one)])) : value)
  const { direction: _direction, ...words } = wordsIn[language]
  const { direction: _hebrew, ...hebrew } = wordsIn.he
  expect(shape(words)).toEqual(shape(hebrew))
  expect(JSON.stringify({ ...words, brands: {} })).not.toContain('""')
})

describe('a discount', () => {
  const lines = [{ description: 'סתימה', quantity: 2, unitPrice: 45_000, discount: 9_000, total: 81_000 }, { description: 'בדיקה', quantity: 1, unitPrice: 18_000, discount: 0, total: 18_000 }]

  it('has a column of its own where there is one, with price, discount and total of each line, in both languages', () => {
    for (const [language, title] of [['he', 'הנחה'], ['en', 'Discount']] as const) {
      const { columns, rows } = model({ lines }, { language }).lines
      expect(columns.map((column) => column.title)).toContain(title)
      expect(columns.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
      expect(rows.map((row) => row.slice(-3).map(withoutControls))).toEqual([['₪450.00', '-₪90.00', '₪810.00'], ['₪180.00', '₪0.00', '₪180.00']])
    }
    expect(model().lines.columns.map((column) => column.title)).not.toContain('הנחה')
  })

  it('leaves room for the largest sums', async () => {
    expect(pages(await drawInvoice(model({ lines: lines.map((line) => ({ ...line, quantity: 999, unitPrice: 100_000_000, discount: 99_000_000_000, total: 900_000_000 })) })))).toBe(1)
  })
})

describe('the drawn invoice', () => {
  it('is one page of PDF without script, link or attachment', async () => {
    const pdf = await drawInvoice(model())
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pages(pdf)).toBe(1)
    expect(pdf.toString('latin1')).not.toMatch(/\/(JavaScript|JS|URI|Launch|EmbeddedFile|OpenAction|AA)\b/)
    expect(pdf.toString('latin1')).toContain('/Lang (he-IL)')
  })

  it('has the same bytes each time it is drawn from the same data', async () => {
    const first = await drawInvoice(model())
    expect(first.equals(await drawInvoice(model()))).toBe(true)
    expect(first.equals(await drawInvoice(model({}, { mark: 'copy' })))).toBe(false)
  })

  it('has the same bytes whatever was drawn before it', async () => {
    // Both names begin with one dotless shape that only its points, drawn apart, tell from the other.
    const named = (name: string) => model({ payer: { name, address: '', nationalId: '' } })
    await drawInvoice(named('تبن'))
    const later = await drawInvoice(named('بنت'))
    vi.resetModules() // a process in which nothing was drawn yet
    const fresh = await import('./draw.ts')
    expect(later.equals(await fresh.drawInvoice(named('بنت')))).toBe(true)
  })

  it('brings a font along only where the text needs it', async () => {
    const fonts = async (name: string) => {
      const pdf = (await drawInvoice(model({ payer: { name, address: '', nationalId: '' } }))).toString('latin1')
      return ['Heebo-Bold', 'NotoSans-Bold', 'NotoSansArabic-Bold'].filter((font) => new RegExp(`\\+${font}\\b`).test(pdf))
    }
    expect(await fonts('נועה')).toEqual(['Heebo-Bold'])
    expect(await fonts('Анна')).toEqual(['Heebo-Bold', 'NotoSans-Bold'])
    expect(await fonts('محمد')).toEqual(['Heebo-Bold', 'NotoSansArabic-Bold'])
  })

  it('goes on over as many pages as its lines need', async () => {
    const lines = Array.from({ length: 60 }, () => ({ description: 'טיפול (ביקור)', quantity: 1, unitPrice: 100, total: 100 }))
    expect(pages(await drawInvoice(model({ lines })))).toBe(3)
  })

  it('draws names and descriptions of any length and script without failing', async () => {
    const payer = { name: 'א'.repeat(300), address: 'x'.repeat(300), nationalId: '' }
    const lines = ['שָׁלוֹם 😀', 'محمد', ')))(((', '\u202eabc', ' ', 'a\nb'].map((description) => ({ description, quantity: 999, unitPrice: 100_000_000, total: 99_900_000_000 }))
    const pdf = await drawInvoice(model({ payer, lines }))
    expect(pages(pdf)).toBeGreaterThan(0)
  })
})

it('writes sums, rates and days as people in Israel do', () => {
  expect([0, 5, 100, 123_456, 100_000_000, -1_250].map(shekels)).toEqual(['₪0.00', '₪0.05', '₪1.00', '₪1,234.56', '₪1,000,000.00', '-₪12.50'])
  expect([1800, 1750, 0].map(percent)).toEqual(['18%', '17.5%', '0%'])
  expect(dayFirst(plainDate('2026-01-02'))).toBe('02/01/2026')
})

it('fills a place once and never reads what it filled in', () => {
  expect(fill('{a} {b}', { a: '{b}', b: '$&' })).toBe('{b} $&')
  expect(fill('{unknown}', {})).toBe('{unknown}')
  expect(fill('{constructor}', {})).toBe('{constructor}')
})
