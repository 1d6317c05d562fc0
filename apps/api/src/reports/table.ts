import type { IncomeReport, IncomeRow } from '@yoman/contract/reports'
import type { IncomeGroup } from '@yoman/domain/reports/income'
import { beforeHeadings, type FileLanguage, fundWords, groupHeadings, noneWord, sumHeadings, totalWord } from './words.ts'

/** A cell: words, or a number that a spreadsheet may add up. */
export type Cell = string | { agorot: number } | { count: number }

export interface Sheet {
  headings: readonly string[]
  rows: readonly (readonly Cell[])[]
}

/** A report as a table with a row of sums, for a file of any kind. */
export function sheetOf({ rows, total, before }: IncomeReport, group: IncomeGroup, language: FileLanguage): Sheet {
  const isCompared = before !== null
  return {
    headings: [groupHeadings[language][group], ...sumHeadings[language], ...(isCompared ? beforeHeadings[language] : [])],
    rows: [...rows.map((row) => [labelOf(row, group, language), ...cellsOf(row, isCompared ? row.before : null)]), [totalWord[language], ...cellsOf(total, before)]],
  }
}

type Sum = IncomeReport['total']

const cellsOf = (now: Sum, before: Sum | null): Cell[] => [...sumCells(now), ...(before ? [...sumCells(before), { agorot: now.grossAgorot - before.grossAgorot }] : [])]

const sumCells = ({ count, grossAgorot, netAgorot }: Sum): Cell[] => [{ count }, { agorot: grossAgorot }, { agorot: netAgorot }]

function labelOf({ key, name, nameEn }: IncomeRow, group: IncomeGroup, language: FileLanguage): string {
  if (key === '') return noneWord[language]
  if (group === 'health_fund') return fundWords[language][key] ?? key
  if (group === 'month') return key.slice(0, 7)
  return (language === 'en' && nameEn ? nameEn : name) || key
}
