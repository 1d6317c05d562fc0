import type { Alternative, Occurrence } from '@yoman/contract/series'
import { instant, minutesBetween } from '@yoman/domain/time'

/** What becomes of one visit of a preview: as wished, all the same, left out, or the n-th of its alternatives. */
export type Choice = 'wished' | 'anyway' | 'skip' | `other-${number}`

export interface Chosen {
  occurrence: Occurrence
  startsAt: string
  endsAt: string
  practitionerId: string
  outsideHours: boolean
}

// Who is away or has a holiday that day comes on another; who is only taken comes at another hour.
const preferred: Record<Occurrence['state'], readonly Alternative['kind'][]> = {
  free: [],
  clash: ['same_day', 'other_day', 'other_person'],
  patient_busy: ['same_day', 'other_day', 'other_person'],
  outside_hours: ['same_day', 'other_day', 'other_person'],
  holiday: ['other_day', 'other_person'],
  closed: ['other_day', 'other_person'],
  leave: ['other_day', 'other_person'],
  past: [],
  too_far: [],
}

// Who comes at five after work cannot come at nine: then rather another day.
const hoursTooFar = 2

/** What is taken where nobody chose: the wish where it is free, else the nearest that fits its reason, else nothing. */
export function firstChoice({ state, alternatives, startsAt }: Occurrence): Choice {
  if (state === 'free') return 'wished'
  const found = preferred[state].flatMap((kind) => alternatives.map((one, index) => ({ one, index })).filter(({ one }) => one.kind === kind).slice(0, 1))
  const tooFar = (one: Alternative): boolean => one.kind === 'same_day' && Math.abs(minutesBetween(instant(startsAt), instant(one.startsAt))) > hoursTooFar * 60
  const best = (found.find(({ one }) => !tooFar(one)) ?? found[0])?.index
  return best === undefined ? 'skip' : `other-${best}`
}

/** Everything that may be chosen for it. @param outside whether the person may book outside hours. */
export function choicesOf({ state, alternatives, anyway }: Occurrence, outside: boolean): Choice[] {
  const asked = anyway === 'freely' || (anyway === 'outside_hours' && outside)
  return [...(state === 'free' ? (['wished'] as const) : []), ...alternatives.map((_one, index): Choice => `other-${index}`), ...(asked ? (['anyway'] as const) : []), 'skip']
}

/** The visits that were decided on; what is left out is not among them. */
export function chosenOf(occurrences: readonly Occurrence[], choices: Readonly<Record<string, Choice>>): Chosen[] {
  return occurrences.flatMap((occurrence) => {
    const choice = choices[keyOf(occurrence)] ?? firstChoice(occurrence)
    if (choice === 'skip') return []
    const at = choice.startsWith('other-') ? occurrence.alternatives[Number(choice.slice('other-'.length))] : occurrence
    if (!at) return []
    const { startsAt, endsAt, practitionerId } = at
    return [{ occurrence, startsAt, endsAt, practitionerId, outsideHours: choice === 'anyway' && occurrence.anyway === 'outside_hours' }]
  })
}

export const keyOf = ({ appointmentId, position }: Pick<Occurrence, 'appointmentId' | 'position'>): string => appointmentId ?? String(position)
