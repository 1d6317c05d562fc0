import { searchName } from '../../people/search-name.ts'
import { type PlainDate, plainDate } from '../../time.ts'
import { amountAt, type Amount } from './amounts.ts'
import { bareForms, sayings, spoken, type Word, wordsOf } from './words.ts'

/** What can be named in an order. Names are as the clinic writes them, in each of its languages; empty ones count for nothing. */
export interface Vocabulary {
  types: readonly { id: string; names: readonly string[]; profession: string | null }[]
  people: readonly { id: string; names: readonly string[] }[]
  /** The practitioner who speaks: `אצלי`, `with me`. */
  self: string | null
}

/** When a visit should be: so long from now, or after the visit before; a date; or nothing was said. */
export type SaidWhen = { unit: 'day' | 'week' | 'month'; from: number; to: number } | { date: string } | null

export interface SaidStep {
  when: SaidWhen
  visitTypeId: string | null
  practitionerId: string | null
  minutes: number | null
}

export interface SaidOrder {
  /** In the order in which they were said; at least one, at most five. */
  steps: SaidStep[]
  /** What was not understood, as it was typed, for the desk to read. No word is lost. */
  note: string
}

interface Found {
  words: number
  apply: (order: Draft) => void
}
interface Draft {
  steps: SaidStep[]
  note: string[]
}

const mostSteps = 5
const then = sayings('ואז', 'אחר כך', 'ואחר כך', 'אח״כ', 'ואח״כ', 'אחרי זה', 'ואחרי זה', 'אחריו', 'ואחריו', 'אחריה', 'ואחריה', 'לאחר מכן', 'ולאחר מכן', 'then', 'and then', 'after that', 'followed by', '+')
const before = sayings('בעוד', 'עוד', 'כעבור', 'תוך', 'אחרי', 'in', 'after', 'within', 'another')
const spans = sayings('למשך', 'של', 'for')
const sameDay = sayings('באותו יום', 'באותו היום', 'אותו יום', 'the same day', 'same day')
const at = sayings('אצל', 'עם', 'with', 'by')
const me = sayings('אצלי', 'איתי', 'with me')
const titles = sayings('ד״ר', 'דוקטור', 'פרופ׳', 'dr', 'doctor', 'prof')
/** Words of names that by themselves name nothing. */
const common = new Set(sayings('ראשון', 'ראשונה', 'ביקור', 'תור', 'חדש', 'first', 'visit', 'new', 'child', 'ד״ר', 'dr'))
/** Words that only hold others together; they are no news to the desk. */
const joints = new Set(sayings('תור', 'ביקור', 'לקבוע', 'נא', 'אל', 'ל', 'ו', 'עד', 'and', 'a', 'an', 'the', 'visit', 'appointment', 'book', 'please', 'for', 'to', 'של', 'עם', 'אצל', 'with'))
const days: readonly (readonly [sayings: string[], days: number])[] = [
  [sayings('מחר', 'tomorrow'), 1],
  [sayings('מחרתיים', 'the day after tomorrow', 'day after tomorrow'), 2],
  [sayings('שבוע הבא', 'בשבוע הבא', 'לשבוע הבא', 'next week'), 7],
]
const professions: readonly (readonly [sayings: string[], profession: string])[] = [[sayings('שיננית', 'שינן', 'היגייניסטית', 'hygienist', 'hygiene'), 'hygienist']]

/**
 * Reads what a doctor says of the next visits in one line, in Hebrew or English: `שבועיים, 40 דקות, אחר כך שיננית`,
 * `crown in 2-3 weeks with Dr Levi, then the hygienist`. Where two readings fit, the longer one counts. Never throws.
 */
export function readOrder(text: string, vocabulary: Vocabulary): SaidOrder {
  const words = wordsOf(text)
  const draft: Draft = { steps: [emptyStep()], note: [] }
  const readers = [readThen, readWhen, readLength, readDate, typeReader(vocabulary), personReader(vocabulary)]
  for (let place = 0; place < words.length; ) {
    const best = readers.map((read) => read(words, place)).reduce<Found | null>((most, found) => (found && found.words > (most?.words ?? 0) ? found : most), null)
    if (best) best.apply(draft)
    else draft.note.push(words[place]?.raw ?? '')
    place += best?.words ?? 1
  }
  return { steps: draft.steps.filter((step, index) => index === 0 || isSaid(step)), note: noteOf(draft) }
}

const emptyStep = (): SaidStep => ({ when: null, visitTypeId: null, practitionerId: null, minutes: null })
const isSaid = (step: SaidStep): boolean => Object.values(step).some((value) => value !== null)
const current = (draft: Draft): SaidStep => draft.steps.at(-1) ?? emptyStep()

/** Begins the next visit, unless this one is still bare or there are as many as an order may have. */
function nextStep(draft: Draft): void {
  if (isSaid(current(draft)) && draft.steps.length < mostSteps) draft.steps.push(emptyStep())
}

function readThen(words: readonly Word[], place: number): Found | null {
  const length = spoken(words, place, then)
  return length > 0 ? { words: length, apply: nextStep } : null
}

function readWhen(words: readonly Word[], place: number): Found | null {
  const same = spoken(words, place, sameDay)
  if (same > 0) return { words: same, apply: (draft) => (current(draft).when = { unit: 'day', from: 0, to: 0 }) }
  for (const [said, count] of days) {
    const length = spoken(words, place, said)
    if (length > 0) return { words: length, apply: (draft) => (current(draft).when = count === 7 ? { unit: 'week', from: 1, to: 1 } : { unit: 'day', from: count, to: count }) }
  }
  const lead = spoken(words, place, before)
  const amount = amountAt(words, place + lead)
  return amount && amount.unit !== 'minute' ? { words: lead + amount.words, apply: (draft) => (current(draft).when = whenOf(amount)) } : null
}

const whenOf = ({ unit, from, to }: Amount): SaidWhen => (unit === 'minute' ? null : { unit, from, to })

/** A visit takes five minutes to twelve hours. */
function readLength(words: readonly Word[], place: number): Found | null {
  const lead = spoken(words, place, spans)
  const amount = amountAt(words, place + lead)
  if (amount?.unit !== 'minute' || amount.to < 5 || amount.to > 720) return null
  return { words: lead + amount.words, apply: (draft) => (current(draft).minutes = amount.to) }
}

/** A day as it is written in Israel, `3.5.2027`; the year has to be there, or 1.5 hours would be the first of May. */
function readDate(words: readonly Word[], place: number): Found | null {
  const [, day = '', month = '', year = ''] = /^[בל]?(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})$/.exec(words[place]?.raw ?? '') ?? []
  const date = dateOf(`${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  return date ? { words: 1, apply: (draft) => (current(draft).when = { date: date.toString() }) } : null
}

function dateOf(iso: string): PlainDate | null {
  try {
    return plainDate(iso)
  } catch {
    return null // no date, or none that exists
  }
}

/** A visit type by its name, by words of it that no other has, or by the profession that does it. A second one is the next visit. */
function typeReader({ types }: Vocabulary): (words: readonly Word[], place: number) => Found | null {
  const known = types.map(({ id, names }) => ({ id, names: names.map((name) => searchName(name).split(' ')) }))
  return (words, place) => {
    const as = (id: string, length: number): Found => ({ words: length, apply: (draft) => setType(draft, id, words.slice(place, place + length)) })

    const named = longest(known, words, place)
    const [profession] = professions.filter(([said]) => bareForms(words[place]?.folded ?? '').some((form) => said.includes(form)))
    const byProfession = profession && types.find((type) => type.profession === profession[1])
    if (byProfession && (named?.words ?? 0) <= 1) return as(byProfession.id, 1)
    return named && as(named.id, named.words)
  }
}

function setType(draft: Draft, id: string, said: readonly Word[]): void {
  if (current(draft).visitTypeId !== null) nextStep(draft)
  if (current(draft).visitTypeId === null) current(draft).visitTypeId = id
  else draft.note.push(...said.map(({ raw }) => raw)) // more visits than an order may have
}

function personReader({ people, self }: Vocabulary): (words: readonly Word[], place: number) => Found | null {
  const known = people.map(({ id, names }) => ({ id, names: names.map((name) => searchName(name).split(' ')) }))
  return (words, place) => {
    const mine = spoken(words, place, me)
    if (mine > 0 && self !== null) return { words: mine, apply: (draft) => (current(draft).practitionerId = self) }
    const by = spoken(words, place, at)
    const lead = by + spoken(words, place + by, titles)
    const named = longest(known, words, place + lead)
    return named && { words: lead + named.words, apply: (draft) => (current(draft).practitionerId = named.id) }
  }
}

/** Whose name has the longest run of words that stands here; nobody's where two are as long. */
function longest(known: readonly { id: string; names: string[][] }[], words: readonly Word[], place: number): { id: string; words: number } | null {
  const runs = known.map(({ id, names }) => ({ id, words: Math.max(0, ...names.map((name) => runOf(name, words, place))) }))
  const most = Math.max(0, ...runs.map((run) => run.words))
  const [first, second] = runs.filter((run) => run.words === most && most > 0)
  const [whole, another] = known.filter(({ names }) => names.some((name) => name.length === most && runOf(name, words, place) === most))
  if (first && !second) return first
  return whole && !another && first ? { id: whole.id, words: most } : null
}

/** How many words of a name stand here, from any of its words on. Its first letter may be joined to a Hebrew one-letter word. */
function runOf(name: readonly string[], words: readonly Word[], place: number): number {
  const said = (at: number): string => words[place + at]?.folded ?? ''
  const runs = name.map((_part, from) => {
    let length = 0
    while (from + length < name.length && (length === 0 ? bareForms(said(0)) : [said(length)]).includes(name[from + length] ?? '')) length += 1
    return length === 1 && name.length > 1 && common.has(name[from] ?? '') ? 0 : length
  })
  return Math.max(0, ...runs)
}

/** Without the words at its ends that only held the understood ones together. */
function noteOf({ note }: Draft): string {
  const isJoint = (word: string | undefined): boolean => word !== undefined && joints.has(searchName(word))
  const words = [...note]
  while (isJoint(words[0])) words.shift()
  while (isJoint(words.at(-1))) words.pop()
  return words.join(' ')
}
