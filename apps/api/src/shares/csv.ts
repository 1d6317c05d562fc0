import { nameIn } from '@yoman/domain/registers/named'
import type { Statement } from '@yoman/use-cases/shares/statement'
import { registerLine, utf8Mark } from '../registers/csv.ts'

const words = {
  he: { headings: ['תאריך', 'שורה', 'מטופל/ת', 'תיאור', 'כמות', 'מחיר כולל מע״מ', 'ללא מע״מ', 'כלל', 'למטפל/ת'], piece: 'טיפול', cost: 'עלות מעבדה', none: 'אין כלל' },
  en: { headings: ['Date', 'Line', 'Patient', 'Description', 'Quantity', 'Price with VAT', 'Without VAT', 'Rule', 'To the practitioner'], piece: 'Treatment', cost: 'Laboratory cost', none: 'No rule' },
} as const

/** A statement for a spreadsheet: each treatment, then each cost below nothing, so that the last column adds up to what is paid. */
export function statementCsv(language: 'he' | 'en', { pieces, costs }: Statement): Buffer {
  const { headings, ...said } = words[language]
  const named = (one: { name: string; nameEn: string }): string => (language === 'en' ? one.nameEn : one.name)
  const done = pieces.map((one) => [
    one.day.toString(), said.piece, nameIn(language, one.patient), named(one), String(one.quantity), one.gross, one.net,
    one.rule === null ? said.none : one.rule.fixedAgorot === null ? `${(one.rule.shareBasisPoints ?? 0) / 100}%` : (one.rule.fixedAgorot / 100).toFixed(2), one.share,
  ])
  const asked = costs.map((one) => [one.day.toString(), said.cost, nameIn(language, one.of.patient), [named(one.of), one.laboratory, one.reference].filter((part) => part !== '').join(', '), '', '', -one.amount, '', -one.born])
  return Buffer.from(`${utf8Mark}${[headings, ...done, ...asked].map(registerLine).join('')}`)
}
