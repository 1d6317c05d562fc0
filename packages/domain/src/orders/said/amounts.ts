import { searchName } from '../../people/search-name.ts'
import { bareForms, sayings, spoken, type Word } from './words.ts'

export type Unit = 'minute' | 'day' | 'week' | 'month'

/** So many of a unit, or from so many to so many; whole numbers. `words` is how many words said it. */
export interface Amount {
  unit: Unit
  from: number
  to: number
  words: number
}

type Scale = readonly [unit: Unit, times: number]

const table = <T>(...entries: (readonly [words: string, value: T])[]): ReadonlyMap<string, T> =>
  new Map(entries.flatMap(([words, value]) => words.split(' ').map((word) => [searchName(word), value] as const)))

const numbers = table<number>(
  ['אחד אחת a an one', 1], ['שני שתי שתיים שניים two', 2], ['שלושה שלוש שלושת three', 3], ['ארבעה ארבע ארבעת four', 4], ['חמישה חמש חמשת five', 5], ['שישה שש ששת six', 6],
  ['שבעה שבע שבעת seven', 7], ['שמונה שמונת eight', 8], ['תשעה תשע תשעת nine', 9], ['עשרה עשר עשרת ten', 10], ['twelve', 12],
  ['רבע', 0.25], ['חצי half', 0.5], ['עשרים twenty', 20], ['שלושים thirty', 30], ['ארבעים forty', 40], ['חמישים fifty', 50], ['שישים sixty', 60], ['תשעים ninety', 90],
)

const units = table<Scale>(
  ['דקה דקות דק minute minutes min mins m', ['minute', 1]], ['שעה שעות hour hours hr hrs h', ['minute', 60]], ['יום ימים day days d', ['day', 1]],
  ['שבוע שבועות week weeks wk wks w', ['week', 1]], ['חודש חודשים חדשים month months mo mos', ['month', 1]], ['שנה שנים year years yr yrs y', ['month', 12]],
)

/** Words that are a number and a unit in one: by themselves, or two of it. */
const alone = table<readonly [count: number, of: Scale]>(
  ['שעה', [1, ['minute', 60]]], ['יום', [1, ['day', 1]]], ['שבוע', [1, ['week', 1]]], ['חודש', [1, ['month', 1]]], ['שנה', [1, ['month', 12]]],
  ['שעתיים', [2, ['minute', 60]]], ['יומיים', [2, ['day', 1]]], ['שבועיים fortnight', [2, ['week', 1]]], ['חודשיים', [2, ['month', 1]]], ['שנתיים', [2, ['month', 12]]],
)

const phrases: readonly (readonly [sayings: string[], value: number, unit: Unit])[] = [
  [sayings('שלושת רבעי שעה', 'three quarters of an hour'), 45, 'minute'],
  [sayings('half an hour'), 30, 'minute'],
  [sayings('a quarter of an hour', 'quarter of an hour'), 15, 'minute'],
  [sayings('half a year'), 6, 'month'],
  [sayings('a couple of weeks', 'couple of weeks'), 2, 'week'],
  [sayings('a couple of months', 'couple of months'), 2, 'month'],
]

const andHalf = sayings('וחצי', 'and a half')
const finer: Readonly<Partial<Record<Unit, Scale>>> = { month: ['week', 4], week: ['day', 7] }

/** An amount of time that begins at a word, in Hebrew or in English: `40 דקות`, `שבועיים`, `2-3 weeks`, `שעה וחצי`, `half an hour`. */
export function amountAt(words: readonly Word[], at: number): Amount | null {
  for (const [sayings, value, unit] of phrases) {
    const length = spoken(words, at, sayings)
    if (length > 0) return { unit, from: value, to: value, words: length }
  }
  const single = bareForms(words[at]?.folded ?? '').map((form) => alone.get(form)).find(Boolean)
  if (single) return measured(words, at + 1, [single[0], single[0]], single[1], 1)
  const range = rangeOf(words[at])
  const unit = units.get(words[at + 1]?.folded ?? '')
  return range && unit ? measured(words, at + 2, range, unit, 2) : null
}

/** The amount in the coarsest unit in which it is whole, and half a unit more where that is said next. */
function measured(words: readonly Word[], next: number, [from, to]: readonly [number, number], scale: Scale, length: number): Amount | null {
  const half = spoken(words, next, andHalf)
  const more = half > 0 ? 0.5 : 0
  let [unit, times] = scale
  const whole = (): boolean => [from + more, to + more].every((count) => Number.isInteger(count * times))
  while (!whole() && finer[unit]) [unit, times] = [finer[unit]?.[0] ?? unit, times * (finer[unit]?.[1] ?? 1)]
  return from <= to ? { unit, from: Math.round((from + more) * times), to: Math.round((to + more) * times), words: length + half } : null
}

function rangeOf(word: Word | undefined): [number, number] | null {
  if (!word) return null
  const typed = /^(\d{1,3}(?:\.\d)?)(?:-(\d{1,3}))?$/.exec(word.raw)
  if (typed) return [Number(typed[1]), Number(typed[2] ?? typed[1])]
  const spelled = numbers.get(word.folded)
  return spelled === undefined ? null : [spelled, spelled]
}
