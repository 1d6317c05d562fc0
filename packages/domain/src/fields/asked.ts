import type { Actor } from '../access.ts'
import type { PlainDate } from '../time.ts'
import { type Field, mayEdit } from './field.ts'

/** What is said of a field, and the day on which somebody last said so. What was taken away is no answer. */
export interface Answer {
  fieldId: string
  day: PlainDate
}

/** The moment for which it is asked. */
export interface Moment {
  /** There is somebody to ask: the patient has a visit today; of a visit, it is today's; of a note, it is not signed yet. */
  here: boolean
  /** The day of the patient's visit before today's; null where there was none, and of visits and notes. */
  before: PlainDate | null
}

/**
 * The fields that are due for an answer now from the one who looks, in their order. Asked once: as long as nobody answered; of a
 * patient whether or not they are here, so that the desk may ask by telephone. Asked at each visit: while they are here, unless it
 * was answered after the visit before this one (a form that was filled at home counts). Only when needed: never.
 */
export function askedNow(actor: Actor, fields: readonly Field[], answers: readonly Answer[], moment: Moment): string[] {
  const dayOf = new Map(answers.map(({ fieldId, day }) => [fieldId, day]))
  return fields.filter((field) => mayEdit(actor, field) && isDue(field, dayOf.get(field.id), moment)).map(({ id }) => id)
}

function isDue({ asked, subject }: Field, answered: PlainDate | undefined, { here, before }: Moment): boolean {
  if (asked === 'never') return false
  if (asked === 'first' && subject === 'patient') return answered === undefined
  return here && (answered === undefined || (before !== null && answered.until(before).sign >= 0))
}
