import type { Explanation as ExplanationSchema, IncomeItem, IncomeReport } from '@yoman/contract/reports'
import type { IncomeItem as ItemRow } from '@yoman/db/reports/income'
import { billedToCash, type Explanation, performedToBilled } from '@yoman/domain/reports/explanation'
import type { IncomeSum } from '@yoman/domain/reports/income'
import type { IncomeReport as Report } from '@yoman/use-cases/reports/income'

export const presentIncome = ({ rows, names, total, before }: Report): IncomeReport => ({
  rows: rows.map(({ key, before: earlier, ...sum }) => {
    const { name, nameEn } = names.find((one) => one.key === key) ?? { name: '', nameEn: '' }
    return { key, name, nameEn, ...presentSum(sum), before: earlier && presentSum(earlier) }
  }),
  total: presentSum(total),
  before: before && { from: before.from.toString(), to: before.to.toString(), ...presentSum(before) },
})

const presentSum = ({ count, gross, net }: IncomeSum) => ({ count, grossAgorot: gross, netAgorot: net })

export const presentItem = (row: ItemRow): IncomeItem => ({
  source: row.source,
  id: row.id,
  day: row.day.toString(),
  branchId: row.branchId,
  practitionerId: row.practitionerId,
  visitTypeId: row.visitTypeId,
  grossAgorot: row.gross,
  netAgorot: row.net,
  patient: row.patientId === null ? null : { id: row.patientId, givenName: row.givenName, familyName: row.familyName, givenNameLatin: row.givenNameLatin, familyNameLatin: row.familyNameLatin },
  document: row.documentId === null || row.documentKind === null || row.documentNumber === null ? null : { id: row.documentId, kind: row.documentKind, number: row.documentNumber },
  method: row.method,
})

export const presentExplanation = ({ performed, billed, cash, parts }: Explanation): ExplanationSchema => ({
  performedAgorot: performed,
  billedAgorot: billed,
  cashAgorot: cash,
  performedToBilled: performedToBilled.map((part) => ({ part, agorot: parts[part] })),
  billedToCash: billedToCash.map((part) => ({ part, agorot: parts[part] })),
})
