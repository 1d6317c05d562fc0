import type { DiscountRegister } from '@yoman/contract/discounts'
import type { Giver, GivenLine } from '@yoman/domain/registers/discounts'
import { nameIn } from '@yoman/domain/registers/named'
import { registerLine, utf8Mark } from '../registers/csv.ts'

export const presentGivers = (givers: readonly Giver[]): DiscountRegister => ({
  givers: givers.map(({ staffId, name, nameEn, lines, gross, discount }) => ({ staffId, name, nameEn, lines, grossAgorot: gross, discountAgorot: discount })),
})

const headings = {
  he: ['תאריך', 'ניתנה על ידי', 'מטופל/ת', 'סניף', 'סיבה', 'לפני ההנחה', 'הנחה', 'אחרי ההנחה'],
  en: ['Date', 'Given by', 'Patient', 'Branch', 'Reason', 'Before', 'Discount', 'After'],
} as const

/** A line for each discount; sums in shekels, no cell that a spreadsheet would run. */
export function discountsCsv(lines: readonly GivenLine[], language: 'he' | 'en'): Buffer {
  const named = (name: string, nameEn: string): string => (language === 'en' && nameEn !== '' ? nameEn : name)
  const cells = (one: GivenLine): (string | number)[] => [
    one.on.toString(), named(one.by, one.byEn), nameIn(language, one), named(one.branch, one.branchEn), one.reason, one.gross, one.discount, one.gross - one.discount,
  ]
  return Buffer.from(`${utf8Mark}${[headings[language], ...lines.map(cells)].map(registerLine).join('')}`)
}
