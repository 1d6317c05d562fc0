import { type Named, nameIn } from '@yoman/domain/registers/named'
import type { ShareRule, ShareSums } from '@yoman/domain/shares/share'
import type { PlainDate } from '@yoman/domain/time'
import { isolated, leftToRight } from '../bidi.ts'
import { dayFirst, fill, percent, shekels } from '../format.ts'
import type { Part, Sheet } from '../sheets/model.ts'
import { figureColumns, type RegisterFrame, registerSheet } from './frame.ts'

interface PrintedPiece {
  day: PlainDate
  patient: Named
  name: string
  nameEn: string
  quantity: number
}

/** A practitioner's month as it is printed. */
export interface PrintedShares {
  practitioner: { name: string; nameEn: string }
  sums: ShareSums
  pieces: readonly (PrintedPiece & { net: number; share: number; rule: ShareRule | null })[]
  costs: readonly { day: PlainDate; laboratory: string; reference: string; amount: number; born: number; of: PrintedPiece }[]
}

const words = {
  he: {
    nature: 'חשבון מטפל/ת', practitioner: 'מטפל/ת', done: 'טיפולים שבוצעו', columns: ['תאריך', 'מטופל/ת', 'טיפול', 'כמות', 'ללא מע״מ', 'כלל', 'למטפל/ת'], none: 'אין כלל',
    costs: 'עלויות מעבדה', costColumns: ['תאריך', 'מטופל/ת', 'טיפול ומעבדה', 'עלות', 'בניכוי'], share: 'חלק המטפל/ת בטיפולים', born: 'בניכוי עלויות מעבדה', total: 'לתשלום, ללא מע״מ', unruled: 'טיפולים שאין להם כלל, ושאינם בחשבון: {count}',
    note: 'הסכומים ללא מע״מ, לפי טיפולים שבוצעו בחודש, גם אם טרם שולמו. עלות מעבדה מנוכה בחודש שבו התקבל החשבון שלה, באותו אחוז שבו נחשב הטיפול.',
  },
  en: {
    nature: 'Statement of a practitioner', practitioner: 'Practitioner', done: 'Treatments done', columns: ['Date', 'Patient', 'Treatment', 'Quantity', 'Without VAT', 'Rule', 'Share'], none: 'No rule',
    costs: 'Laboratory costs', costColumns: ['Date', 'Patient', 'Treatment and laboratory', 'Cost', 'Taken off'], share: 'Share of the treatments', born: 'Less laboratory costs', total: 'To be paid, without VAT', unruled: 'Treatments that have no rule, and are not in it: {count}',
    note: 'Sums are without VAT, of treatments done in the month, whether or not they were paid for yet. A laboratory’s cost is taken off in the month of its bill, by the same percentage as its treatment counts.',
  },
} as const

const sum = (agorot: number): string => leftToRight(shekels(agorot))

/** What a month owes a practitioner, piece by piece, on paper. */
export function shareSheet(frame: RegisterFrame, { practitioner, sums, pieces, costs }: PrintedShares): Sheet {
  const said = words[frame.language]
  const nameOf = (one: { name: string; nameEn: string }): string => isolated(frame.language === 'en' ? one.nameEn || one.name : one.name)
  const dayOf = (day: PlainDate): string => leftToRight(dayFirst(day))
  const patientOf = (one: PrintedPiece): string => isolated(nameIn(frame.language, one.patient))
  const ruleText = (rule: ShareRule | null): string => (rule === null ? said.none : leftToRight(rule.fixedAgorot === null ? percent(rule.shareBasisPoints ?? 0) : shekels(rule.fixedAgorot)))
  const total = (label: string, agorot: number, strong = false): Part => ({ kind: 'total', label, value: sum(agorot), strong })
  return registerSheet({ ...frame, about: [...frame.about, { label: said.practitioner, value: frame.language === 'en' ? practitioner.nameEn || practitioner.name : practitioner.name }] }, said.nature, [
    { kind: 'heading', text: said.done },
    { kind: 'table', small: true, columns: figureColumns(said.columns, [0.15, 0.2, 0.26, 0.07, 0.12, 0.08, 0.12], 4), rows: pieces.map((one) => [dayOf(one.day), patientOf(one), nameOf(one), leftToRight(String(one.quantity)), sum(one.net), ruleText(one.rule), sum(one.share)]) },
    ...(costs.length === 0 ? [] : [
      { kind: 'heading', text: said.costs } as const,
      { kind: 'table', small: true, columns: figureColumns(said.costColumns, [0.15, 0.22, 0.33, 0.15, 0.15], 3), rows: costs.map((one) => [dayOf(one.day), patientOf(one.of), [nameOf(one.of), isolated(one.laboratory), one.reference && isolated(one.reference)].filter((part) => part !== '').join(' · '), sum(one.amount), sum(one.born)]) } as const,
    ]),
    total(said.share, sums.share), ...(costs.length === 0 ? [] : [total(said.born, -sums.born)]), total(said.total, sums.total, true),
    ...(sums.unruled === 0 ? [] : [{ kind: 'text', text: fill(said.unruled, { count: leftToRight(String(sums.unruled)) }), look: 'boxed' } as const]),
    { kind: 'text', text: said.note, look: 'soft' },
  ])
}
