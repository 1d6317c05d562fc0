import type { AccountStatement } from '@yoman/domain/statements/statement'
import { plainDate } from '@yoman/domain/time'
import { isolated, leftToRight } from '../bidi.ts'
import { dayFirst, fill, shekels } from '../format.ts'
import { wordsIn } from '../locales/in-language.ts'
import { letterheadLines } from '../plans/letterhead.ts'
import { planWords } from '../plans/words.ts'
import type { Part, Sheet } from '../sheets/model.ts'
import { statementWords } from './words.ts'

/** A statement of account on paper: what is owed first, then what happened in the month. @param madeAtMs when it was written, milliseconds since 1970: the same statement gives the same bytes. */
export function statementSheet(statement: AccountStatement, madeAtMs: number): Sheet {
  const { language, clinic } = statement
  const [words, paper] = [statementWords[language], planWords[language]]
  const month = plainDate(statement.from)
  const title = `${words.heading} ${month.month}/${month.year}`
  return {
    direction: paper.direction,
    meta: { title, author: clinic.legalName || clinic.name, language: paper.language, createdAtMs: madeAtMs },
    letterhead: { name: isolated(clinic.name), lines: letterheadLines(statement) },
    heading: words.heading,
    subheading: fill(words.month, { month: leftToRight(`${month.month}/${month.year}`) }),
    facts: [
      { label: words.reader, value: isolated(statement.reader) },
      { label: words.period, value: leftToRight(`${day(statement.from)} - ${day(statement.to)}`) },
      { label: words.writtenOn, value: leftToRight(day(statement.on)) },
    ],
    parts: [...openParts(statement), ...documentParts(statement), { kind: 'text', text: words.note, look: 'soft' }],
    footer: { start: `${isolated(clinic.name)} · ${words.heading} ${leftToRight(`${month.month}/${month.year}`)}`, page: paper.page },
  }
}

const day = (iso: string): string => dayFirst(plainDate(iso))
const sum = (agorot: number): string => leftToRight(shekels(agorot))

const named = ({ language }: AccountStatement, { kind, number, patient }: { kind: AccountStatement['open'][number]['kind']; number: number; patient: string }): string =>
  [`${wordsIn[language].kinds[kind]} ${leftToRight(String(number))}`, patient && fill(statementWords[language].of, { name: isolated(patient) })].filter(Boolean).join(', ')

function openParts(statement: AccountStatement): Part[] {
  const { open, owed, language } = statement
  const { openColumns: columns, ...words } = statementWords[language]
  if (owed === 0) return [{ kind: 'text', text: words.nothingOwed, look: 'boxed' }]
  return [
    { kind: 'heading', text: words.open },
    {
      kind: 'table',
      columns: [{ title: columns.document, share: 0.42, align: 'start' }, { title: columns.on, share: 0.18, align: 'start' }, { title: columns.due, share: 0.18, align: 'start' }, { title: columns.owed, share: 0.22, align: 'figures' }],
      rows: open.map((one) => [named(statement, one), leftToRight(day(one.on)), leftToRight(day(one.dueOn)), sum(one.owed)]),
    },
    { kind: 'total', label: words.owed, value: sum(owed), strong: true },
  ]
}

function documentParts(statement: AccountStatement): Part[] {
  const { documents, credit, language } = statement
  const { documentColumns: columns, ...words } = statementWords[language]
  return [
    { kind: 'heading', text: words.documents },
    documents.length === 0
      ? { kind: 'text', text: words.nothing }
      : {
          kind: 'table',
          columns: [{ title: columns.on, share: 0.18, align: 'start' }, { title: columns.document, share: 0.42, align: 'start' }, { title: columns.total, share: 0.2, align: 'figures' }, { title: columns.received, share: 0.2, align: 'figures' }],
          rows: documents.map((one) => [leftToRight(day(one.on)), named(statement, one), sum(one.total), one.received === 0 ? '' : sum(one.received)]),
        },
    ...(credit > 0 ? [{ kind: 'total' as const, label: words.credit, value: sum(credit), strong: false }] : []),
  ]
}
