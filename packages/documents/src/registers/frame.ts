import type { PlainDate } from '@yoman/domain/time'
import { type Direction, isolated, leftToRight } from '../bidi.ts'
import { dayFirst, fill } from '../format.ts'
import type { Part, Sheet } from '../sheets/model.ts'
import type { Column } from '../table.ts'

export type RegisterLanguage = 'he' | 'en'

/** Whose books, of which days, and when this print came into being. */
export interface RegisterFrame {
  language: RegisterLanguage
  business: { name: string; vatNumber: string; address: string; city: string }
  from: PlainDate
  to: PlainDate
  madeOn: PlainDate
  /** `09:05` on the wall of the first branch. */
  madeAt: string
  madeAtMs: number
  /** What it is cut to, for example a branch or a patient; in the order of reading. */
  about: { label: string; value: string }[]
}

interface FrameWords {
  language: string
  direction: Direction
  taxpayer: string
  dealer: string
  period: string
  produced: string
  end: string
  page: string
}

const words: Record<RegisterLanguage, FrameWords> = {
  he: { language: 'he-IL', direction: 'rtl', taxpayer: 'הנישום/ה', dealer: 'עוסק מורשה {number}', period: 'תקופה', produced: 'הופק', end: 'סוף הדוח: {nature}, {period}', page: 'עמוד {page} מתוך {pages}' },
  en: { language: 'en-IL', direction: 'ltr', taxpayer: 'Taxpayer', dealer: 'Licensed dealer {number}', period: 'Period', produced: 'Produced', end: 'End of the report: {nature}, {period}', page: 'Page {page} of {pages}' },
}

/**
 * A print of the books: on it stand the taxpayer's name, the period, its nature, the date of production, numbered pages and a mark at its end
 * (Income Tax bookkeeping instructions, appendix ה'(א)(2)).
 */
export function registerSheet(frame: RegisterFrame, nature: string, parts: readonly Part[]): Sheet {
  const said = words[frame.language]
  const period = periodText(frame)
  const { name, vatNumber, address, city } = frame.business
  return {
    direction: said.direction,
    meta: { title: `${nature} ${frame.from.toString()}`, author: name, language: said.language, createdAtMs: frame.madeAtMs },
    letterhead: { name: isolated(name), lines: [vatNumber && fill(said.dealer, { number: leftToRight(vatNumber) }), [address, city].filter(Boolean).map(isolated).join(', ')].filter((line) => line !== '') },
    heading: nature,
    subheading: period,
    facts: [
      { label: said.taxpayer, value: isolated(name) },
      { label: said.period, value: period },
      { label: said.produced, value: `${leftToRight(dayFirst(frame.madeOn))} ${leftToRight(frame.madeAt)}` },
      ...frame.about.map(({ label, value }) => ({ label, value: isolated(value) })),
    ],
    parts: [...parts, { kind: 'text', text: `— ${fill(said.end, { nature, period })} —`, look: 'soft' }],
    footer: { start: `${isolated(name)} · ${nature} · ${period}`, page: said.page },
  }
}

/** One day, or the first and the last. */
const periodText = ({ from, to }: RegisterFrame): string => (from.equals(to) ? leftToRight(dayFirst(from)) : leftToRight(`${dayFirst(from)} - ${dayFirst(to)}`))

/** What it is called in a print and as a file. */
export const natures = {
  he: { dayBook: 'יומן רופא', vat: 'דוח מע״מ: עסקאות', card: 'כרטיס אישי של מטופל/ת', appointments: 'ספר תורים' },
  en: { dayBook: 'Doctor’s day-book', vat: 'VAT report: sales', card: 'Personal card of a patient', appointments: 'Register of appointments' },
} as const satisfies Record<RegisterLanguage, Record<string, string>>

/** Columns of a register of which those from `first` on are figures. */
export const figureColumns = (titles: readonly string[], shares: readonly number[], first: number): Column[] => titles.map((title, at) => ({ title, share: shares[at] ?? 0, align: at < first ? 'start' : 'figures' }))
