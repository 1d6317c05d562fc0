import type { Card, CardTreatment } from '@yoman/domain/registers/card'
import { type Named, nameIn } from '@yoman/domain/registers/named'
import { isolated, leftToRight } from '../bidi.ts'
import { dayFirst, shekels } from '../format.ts'
import { en } from '../locales/en.ts'
import { he } from '../locales/he.ts'
import type { Part, Sheet } from '../sheets/model.ts'
import { natures, type RegisterFrame, registerSheet } from './frame.ts'

export const cardWords = {
  he: {
    patient: 'מטופל/ת', key: 'מפתח בספרים', treatments: 'טיפולים', treatmentColumns: ['תאריך', 'טיפול', 'כמות', 'מחיר', 'טופל/ה בידי'], documents: 'קבלות ומסמכים', documentColumns: ['תאריך', 'מסמך', 'סכום', 'התקבל'],
    tooth: 'שן', treated: 'סה״כ טיפולים', received: 'סה״כ התקבל', owed: 'יתרה לתשלום', waiting: 'התקבל וממתין למסמך', none: 'אין רישומים.', priceNames: 'הטיפולים מופיעים בשמם במחירון. תיאורם הרפואי מוצג רק למי שמורשה לקרוא רשומות רפואיות.',
  },
  en: {
    patient: 'Patient', key: 'Key in the books', treatments: 'Treatments', treatmentColumns: ['Date', 'Treatment', 'Quantity', 'Price', 'Treated by'], documents: 'Receipts and documents', documentColumns: ['Date', 'Document', 'Sum', 'Received'],
    tooth: 'tooth', treated: 'Total of treatments', received: 'Total received', owed: 'Still to be paid', waiting: 'Received, waits for its document', none: 'Nothing is recorded.', priceNames: 'Treatments are called as in the price list. Their clinical description is shown only to who may read notes.',
  },
} as const
const locales = { he, en }

/** What a treatment is called: the note's own words with the tooth, or the name of the price list where those may not be read. */
export function treatmentText(language: 'he' | 'en', { name, nameEn, description, tooth, surfaces }: CardTreatment): string {
  const said = description || (language === 'en' && nameEn !== '' ? nameEn : name)
  return tooth === '' ? isolated(said) : `${isolated(said)}, ${cardWords[language].tooth} ${leftToRight(`${tooth} ${surfaces}`.trim())}`
}

/** The card on paper; the frame's period is from the first line to the day of production. */
export function cardSheet(frame: RegisterFrame, card: Card & { patient: Named; key: string }): Sheet {
  const { language } = frame
  const words = cardWords[language]
  const sum = (agorot: number): string => leftToRight(shekels(agorot))
  const total = (label: string, agorot: number, strong = false): Part => ({ kind: 'total', label, value: sum(agorot), strong })
  const columns = (titles: readonly string[], shares: readonly number[], figures: readonly number[]) => titles.map((title, at) => ({ title, share: shares[at] ?? 0, align: figures.includes(at) ? ('figures' as const) : ('start' as const) }))
  const treatments = card.treatments.map((one) => [leftToRight(dayFirst(one.on)), treatmentText(language, one), leftToRight(String(one.quantity)), sum(one.total), isolated(language === 'en' && one.byEn ? one.byEn : one.by)])
  const documents = card.documents.map((one) => [leftToRight(dayFirst(one.on)), `${locales[language].kinds[one.kind]} ${leftToRight(String(one.number))}`, sum(one.total), one.received === 0 ? '' : sum(one.received)])
  const table = (titles: readonly string[], shares: readonly number[], figures: readonly number[], rows: string[][]): Part => (rows.length === 0 ? { kind: 'text', text: words.none } : { kind: 'table', small: true, columns: columns(titles, shares, figures), rows })
  return registerSheet({ ...frame, about: [{ label: words.patient, value: nameIn(language, card.patient) }, { label: words.key, value: card.key }] }, natures[language].card, [
    { kind: 'heading', text: words.treatments }, table(words.treatmentColumns, [0.15, 0.38, 0.11, 0.16, 0.2], [3], treatments), total(words.treated, card.treated),
    ...(card.clinical ? [] : [{ kind: 'text', text: words.priceNames, look: 'soft' } as const]),
    { kind: 'heading', text: words.documents }, table(words.documentColumns, [0.18, 0.42, 0.2, 0.2], [2, 3], documents),
    total(words.received, card.received), ...(card.waiting > 0 ? [total(words.waiting, card.waiting)] : []), total(words.owed, card.owed, true),
  ])
}
