import type { GivenUpDebt as GivenUpBody } from '@yoman/contract/registers'
import { en } from '@yoman/documents/locales/en'
import { he } from '@yoman/documents/locales/he'
import { nameIn } from '@yoman/domain/registers/named'
import type { GivenUpDebt } from '@yoman/domain/registers/write-offs'
import { registerLine, utf8Mark } from './csv.ts'

export const presentGivenUp = (one: GivenUpDebt): GivenUpBody => ({
  id: one.id, on: one.on.toString(), branch: one.branch, branchEn: one.branchEn, invoice: { id: one.invoiceId, kind: one.kind, number: one.number }, payer: one.payer, payerLatin: one.payerLatin,
  patient: { id: one.patientId, givenName: one.givenName, familyName: one.familyName, givenNameLatin: one.givenNameLatin, familyNameLatin: one.familyNameLatin },
  amountAgorot: one.amount, cameInAgorot: one.cameIn, reason: one.reason, by: one.by, byEn: one.byEn,
})

const headings = {
  he: ['תאריך', 'סניף', 'מסמך', 'מספר', 'משלם/ת', 'מטופל/ת', 'סכום שנמחק', 'התקבל מאז', 'סיבה', 'נמחק על ידי'],
  en: ['Date', 'Branch', 'Document', 'Number', 'Payer', 'Patient', 'Written off', 'Came in since', 'Reason', 'Written off by'],
} as const
const locales = { he, en }

/** A line for each debt; sums in shekels, no cell that a spreadsheet would run. */
export async function* givenUpCsv(pages: AsyncIterable<readonly GivenUpDebt[]>, language: 'he' | 'en'): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${utf8Mark}${registerLine(headings[language])}`)
  for await (const page of pages) yield Buffer.from(page.map((one) => registerLine(cellsOf(one, language))).join(''))
}

function cellsOf(one: GivenUpDebt, language: 'he' | 'en'): (string | number)[] {
  const named = (name: string, nameEn: string): string => (language === 'en' && nameEn !== '' ? nameEn : name)
  const patient = nameIn(language, one)
  return [one.on.toString(), named(one.branch, one.branchEn), locales[language].kinds[one.kind], String(one.number), named(one.payer, one.payerLatin) || patient, patient, one.amount, one.cameIn, one.reason, named(one.by, one.byEn)]
}
