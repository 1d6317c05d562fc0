import type { DayBook, DayBookRow, DayMoney } from '@yoman/domain/registers/day-book'
import { nameIn } from '@yoman/domain/registers/named'
import { type Instant, timeIn } from '@yoman/domain/time'
import { isolated, leftToRight } from '../bidi.ts'
import { fill, shekels } from '../format.ts'
import { en } from '../locales/en.ts'
import { he } from '../locales/he.ts'
import type { Part, Sheet } from '../sheets/model.ts'
import { natures, type RegisterFrame, registerSheet } from './frame.ts'

export interface DayBookPrint extends DayBook {
  branches: readonly { id: string; name: string; nameEn: string; zone: string }[]
}

export const dayBookWords = {
  he: {
    columns: { number: '#', time: 'שעה', patient: 'מטופל/ת', received: 'התקבל', document: 'מסמך', notes: 'הערות' }, branch: 'סניף', nothing: 'לא התקבלו מטופלים ולא התקבל כסף ביום זה.',
    withoutVisit: 'ללא ביקור ביום זה', nothingCame: 'לא התקבל תשלום', waits: 'ממתין למסמך', payer: 'משלם/ת: {name}', billed: 'חשבונית עסקה {number} על סך {sum}', tookBack: 'השיק הוחזר למטופל/ת בו ביום ואינו בסיכום',
    sums: 'סיכום היום', refunds: 'מתוכם הוחזרו {sum}', total: 'סה״כ ליום', institutions: 'סכומים ממוסדות: לא נרשמו. כל התקבולים הם ממטופלים וממי ששילם עבורם.', patients: 'מטופלים שהתקבלו: {count}',
  },
  en: {
    columns: { number: '#', time: 'Hour', patient: 'Patient', received: 'Received', document: 'Document', notes: 'Notes' }, branch: 'Branch', nothing: 'Nobody was received on this day, and no money came.',
    withoutVisit: 'No visit on this day', nothingCame: 'Nothing was received', waits: 'Waits for its document', payer: 'Paid by {name}', billed: 'Transaction invoice {number} of {sum}', tookBack: 'The cheque was given back the same day and is in no sum',
    sums: 'Sums of the day', refunds: 'given back of it: {sum}', total: 'Total of the day', institutions: 'Sums from institutions: none are kept. All money is of patients and of those who paid for them.', patients: 'Patients received: {count}',
  },
} as const

const locales = { he, en }

/** The day-book on paper (bookkeeping instructions, schedule ו' §3): a line for each visit and for each further payment of it, then the day by its means. */
export function dayBookSheet(frame: RegisterFrame, print: DayBookPrint): Sheet {
  const { language } = frame
  const words = dayBookWords[language]
  const several = print.branches.length > 1
  const shares = [0.085, 0.1, 0.235, 0.2, 0.18, 0.2]
  const columns = Object.values(words.columns).map((title, at) => ({ title, share: shares[at] ?? 0, align: at === 0 ? ('center' as const) : ('start' as const) }))
  const rows = print.rows.flatMap((row, at) => linesOf(frame, print, row, at + 1, several))
  return registerSheet({ ...frame, about: [...frame.about, { label: words.branch, value: print.branches.map((branch) => branchName(language, branch)).join(', ') }] }, natures[language].dayBook, [
    rows.length > 0 ? { kind: 'table', columns, rows, small: true } : { kind: 'text', text: words.nothing },
    ...sumsOf(frame, print),
  ])
}

/** A row's cells: the first payment beside the name, each further one below it. */
function linesOf({ language }: RegisterFrame, print: DayBookPrint, row: DayBookRow, number: number, several: boolean): string[][] {
  const branch = print.branches.find(({ id }) => id === row.branchId)
  const name = isolated(nameIn(language, row))
  const first = [leftToRight(String(number)), row.admittedAt && branch ? leftToRight(clock(branch.zone, row.admittedAt)) : '', several && branch ? `${name}\n${isolated(branchName(language, branch))}` : name]
  const lines = row.money.length > 0 ? row.money.map((one) => moneyCells(language, one)) : [['', '', '']]
  return lines.map(([received = '', document = '', note = ''], at) => [...(at === 0 ? first : ['', '', '']), received, document, [note, ...(at === 0 ? notesOf(language, row).map(({ text }) => text) : [])].filter(Boolean).join('\n')])
}

function moneyCells(language: 'he' | 'en', { method, amount, receipt, payer, tookBack }: DayMoney): string[] {
  const words = dayBookWords[language]
  const notes = [payer && fill(words.payer, { name: isolated(payer) }), tookBack ? words.tookBack : ''].filter(Boolean)
  return [`${leftToRight(shekels(amount))} ${locales[language].methods[method]}`, receipt ? `${locales[language].kinds[receipt.kind]} ${leftToRight(String(receipt.number))}` : words.waits, notes.join('\n')]
}

/** What the book notes of a visit beside its money: who pays what was not received, or that nothing was. */
export function notesOf(language: 'he' | 'en', row: DayBookRow): { text: string; payer: string }[] {
  const words = dayBookWords[language]
  const billed = row.requests.map(({ number, total, payer }) => ({
    text: [fill(words.billed, { number: leftToRight(String(number)), sum: leftToRight(shekels(total)) }), payer && fill(words.payer, { name: isolated(payer) })].filter(Boolean).join(', '), payer,
  }))
  if (row.admittedAt === null) return [...billed, { text: words.withoutVisit, payer: '' }]
  return row.money.length === 0 && billed.length === 0 ? [{ text: words.nothingCame, payer: '' }] : billed
}

function sumsOf({ language }: RegisterFrame, { rows, sums }: DayBookPrint): Part[] {
  const words = dayBookWords[language]
  const back = (refunded: number): string => (refunded > 0 ? ` (${fill(words.refunds, { sum: leftToRight(shekels(refunded)) })})` : '')
  return [
    { kind: 'heading', text: words.sums },
    ...sums.filter(({ payments, refunds }) => payments + refunds > 0).map(({ method, expected, refunded }): Part => ({ kind: 'total', label: `${locales[language].methods[method]}${back(refunded)}`, value: leftToRight(shekels(expected)), strong: false })),
    { kind: 'total', label: words.total, value: leftToRight(shekels(sums.reduce((sum, { expected }) => sum + expected, 0))), strong: true },
    { kind: 'text', text: fill(words.patients, { count: leftToRight(String(rows.filter(({ admittedAt }) => admittedAt !== null).length)) }) },
    { kind: 'text', text: words.institutions, look: 'soft' },
  ]
}

const clock = (zone: string, at: Instant): string => timeIn(zone, at).toString().slice(0, 5)
export const branchName = (language: 'he' | 'en', { name, nameEn }: { name: string; nameEn: string }): string => (language === 'en' && nameEn !== '' ? nameEn : name)
