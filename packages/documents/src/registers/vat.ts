import type { VatReport } from '@yoman/domain/registers/vat'
import type { PlainDate } from '@yoman/domain/time'
import { isolated, leftToRight } from '../bidi.ts'
import { dayFirst, fill, percent, shekels } from '../format.ts'
import { en } from '../locales/en.ts'
import { he } from '../locales/he.ts'
import type { Part, Sheet } from '../sheets/model.ts'
import { figureColumns, natures, type RegisterFrame, registerSheet } from './frame.ts'

/** A credit note as the report names it. */
export interface CreditNote {
  number: number
  issuedOn: PlainDate
  payer: string
  net: number
  vat: number
  total: number
}

export const vatWords = {
  he: {
    toReturn: 'לדיווח, בשקלים שלמים', taxable: 'עסקאות חייבות, ללא מע״מ ({count} מסמכים)', vat: 'מע״מ עסקאות', untaxed: 'עסקאות בשיעור אפס ופטורות ({count} מסמכים)', creditTaxable: 'זיכויים, ללא מע״מ ({count} מסמכים)', creditVat: 'מע״מ בזיכויים', creditUntaxed: 'זיכויים בשיעור אפס ופטורים ({count} מסמכים)',
    creditsHint: 'זיכוי מקטין את המע״מ רק לאחר שהלקוח/ה אישר/ה אותו (הוראות ניהול ספרים, סעיף 23א(3)). אישורים אינם נשמרים כאן, ולכן הזיכויים עומדים בנפרד ואינם מופחתים.', inputs: 'הדוח מונה עסקאות בלבד. רכישות אינן נרשמות כאן: את התשומות מוסיף/ה רואה החשבון.',
    byRate: 'לפי שיעור המע״מ', rates: ['שיעור', 'עסקאות ללא מע״מ', 'מע״מ', 'זיכויים ללא מע״מ', 'מע״מ בזיכויים'], kinds: 'מסמכים שהופקו', kindColumns: ['מסמך', 'כמות', 'סכום כולל'], credits: 'זיכויים', creditColumns: ['מספר', 'תאריך', 'לקוח/ה', 'ללא מע״מ', 'מע״מ', 'סה״כ'],
    other: 'מסמכים על שם מספר עוסק אחר, שאינם בדוח: {count}', total: 'סה״כ',
  },
  en: {
    toReturn: 'For the return, in whole shekels', taxable: 'Taxable sales without VAT ({count} documents)', vat: 'VAT on sales', untaxed: 'Zero-rated and exempt sales ({count} documents)', creditTaxable: 'Credits without VAT ({count} documents)', creditVat: 'VAT in credits', creditUntaxed: 'Zero-rated and exempt credits ({count} documents)',
    creditsHint: 'A credit reduces VAT only once the customer acknowledged it (bookkeeping instructions, 23A(3)). Acknowledgements are not kept here, so credits stand apart and are not taken off.', inputs: 'The report counts sales alone. Purchases are not kept here: the accountant adds the inputs.',
    byRate: 'By rate of VAT', rates: ['Rate', 'Sales without VAT', 'VAT', 'Credits without VAT', 'VAT in credits'], kinds: 'Documents issued', kindColumns: ['Document', 'Count', 'Total'], credits: 'Credits', creditColumns: ['Number', 'Date', 'Customer', 'Without VAT', 'VAT', 'Total'],
    other: 'Documents under another dealer number, which are not in it: {count}', total: 'Total',
  },
} as const

const locales = { he, en }
const agorot = (sum: number): string => leftToRight(shekels(sum))
const whole = (sum: number): string => leftToRight(`₪${String(sum).replace(/\B(?=(\d{3})+$)/g, ',')}`)

/** The VAT report on paper: what goes into the return, how it comes together by rate, and every credit note. */
export function vatSheet(frame: RegisterFrame, report: VatReport & { otherBusiness: number }, credits: readonly CreditNote[]): Sheet {
  const words = vatWords[frame.language]
  return registerSheet(frame, natures[frame.language].vat, [
    { kind: 'heading', text: words.toReturn }, ...returnParts(frame, report),
    { kind: 'text', text: words.creditsHint, look: 'soft' }, { kind: 'text', text: words.inputs, look: 'boxed' },
    { kind: 'heading', text: words.byRate },
    { kind: 'table', small: true, columns: figureColumns(words.rates, [0.16, 0.21, 0.21, 0.21, 0.21], 1), rows: report.rates.map((rate) => [leftToRight(percent(rate.basisPoints)), ...[rate.netAgorot, rate.vatAgorot, rate.creditNetAgorot, rate.creditVatAgorot].map(agorot)]) },
    { kind: 'heading', text: words.kinds },
    { kind: 'table', small: true, columns: figureColumns(words.kindColumns, [0.5, 0.2, 0.3], 1), rows: report.kinds.map(({ kind, count, totalAgorot }) => [`${locales[frame.language].kinds[kind]} (${leftToRight(kind)})`, leftToRight(String(count)), agorot(totalAgorot)]) },
    ...(credits.length > 0 ? creditParts(frame, credits) : []),
    ...(report.otherBusiness > 0 ? [{ kind: 'text', text: fill(words.other, { count: leftToRight(String(report.otherBusiness)) }) } as const] : []),
  ])
}

function returnParts({ language }: RegisterFrame, { sums }: VatReport): Part[] {
  const words = vatWords[language]
  const line = (text: string, value: number, count?: number): Part => ({ kind: 'total', label: count === undefined ? text : fill(text, { count: leftToRight(String(count)) }), value: whole(value), strong: false })
  return [
    line(words.taxable, sums.taxable, sums.sales), { ...line(words.vat, sums.vat), strong: true } as Part, line(words.untaxed, sums.untaxed, sums.untaxedSales),
    line(words.creditTaxable, sums.creditTaxable, sums.credits), line(words.creditVat, sums.creditVat), ...(sums.untaxedCredits > 0 ? [line(words.creditUntaxed, sums.creditUntaxed, sums.untaxedCredits)] : []),
  ]
}

function creditParts({ language }: RegisterFrame, credits: readonly CreditNote[]): Part[] {
  const words = vatWords[language]
  return [
    { kind: 'heading', text: words.credits },
    { kind: 'table', small: true, columns: figureColumns(words.creditColumns, [0.12, 0.16, 0.3, 0.14, 0.14, 0.14], 3), rows: credits.map((one) => [leftToRight(String(one.number)), leftToRight(dayFirst(one.issuedOn)), isolated(one.payer), ...[one.net, one.vat, one.total].map(agorot)]) },
  ]
}
