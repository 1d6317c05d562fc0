import { type Arranged, type Placement, arrange, openOn } from '../appointments/arrange.ts'
import type { BookableResource, Busy, Situation } from '../appointments/situation.ts'
import { type LocalDay, localDay } from '../availability/local-day.ts'
import { type WeeklyHours, branchOpenings, openings } from '../availability/openings.ts'
import { type Span, covers, overlaps } from '../availability/spans.ts'
import { type Holiday, holidayOf } from '../calendar/israel.ts'
import { Refusal } from '../refusal.ts'
import { type Instant, type PlainDate, dateIn } from '../time.ts'

/** How it stands with one visit of a series at the time that the rule gives it. */
export type State = 'free' | 'clash' | 'patient_busy' | 'holiday' | 'closed' | 'leave' | 'outside_hours' | 'past' | 'too_far'

export interface Verdict {
  state: State
  /** What it would occupy, where it can be there as it is. */
  arranged: Arranged | null
  holiday: Holiday | null
  /** What is in the way of a `clash`: the resource that is taken, and by which appointments. */
  clash: { resourceId: string; appointmentIds: string[] } | null
  /** Whether it may be there all the same: by somebody's decision alone, or by the right to book outside hours; null: not at all. */
  anyway: 'freely' | 'outside_hours' | null
}

export interface Around {
  situation: Situation
  /** The branch's own week. */
  branchHours: readonly WeeklyHours[]
  /** Other visits of this patient, in minutes since 1970. */
  patientBusy: readonly (Span & { appointmentId: string })[]
}

/**
 * Looks at one visit where it is wished, and says what is in the way: a holiday before a closed branch, before somebody's leave,
 * before hours, before another visit, for the first of them explains the rest. Throws what `arrange` throws about the wish
 * itself: `reference_unknown`, `not_offered_by_practitioner`, `resource_not_in_branch`, `room_kind_missing`, `too_long`.
 */
export function examine(placement: Placement, around: Around, now: Instant): Verdict {
  const { situation } = around
  const day = localDay(situation.zone, dateIn(situation.zone, placement.startsAt))
  const holiday = holidayIn(situation.zone, dateIn(situation.zone, placement.startsAt))
  const tried = attempt(placement, situation, now)
  const nothing = { arranged: null, holiday, clash: null, anyway: null }
  if (tried.code === 'starts_in_the_past') return { ...nothing, state: 'past' }
  if (tried.code === 'too_far_ahead') return { ...nothing, state: 'too_far' }
  if (tried.code === 'outside_working_hours') {
    const anyway = attempt({ ...placement, outsideHours: true }, situation, now).arranged ? 'outside_hours' : null
    return { ...nothing, anyway, state: holiday ? 'holiday' : whyNotOpen(day, placement, around) }
  }
  // A block holds for every visit: whoever means it takes the block away first.
  if (tried.code === 'time_blocked') return { ...nothing, state: holiday ? 'holiday' : whyNotOpen(day, placement, around) === 'closed' ? 'closed' : 'leave' }
  if (tried.arranged === null) return { ...nothing, clash: inTheWay(placement, tried.resourceId, situation), state: holiday ? 'holiday' : 'clash' }
  const { arranged } = tried
  const itself = { from: minuteOf(arranged.startsAt), to: minuteOf(arranged.endsAt) }
  // Whoever opened the day for this person by name knows that it is a holiday.
  if (holiday && !openedByName(day, placement, situation)) return { ...nothing, arranged, anyway: 'freely', state: 'holiday' }
  const other = around.patientBusy.find((busy) => !placement.instead.includes(busy.appointmentId) && overlaps(busy, itself))
  if (other) return { ...nothing, arranged, anyway: 'freely', clash: { resourceId: placement.practitionerId, appointmentIds: [other.appointmentId] }, state: 'patient_busy' }
  return { ...nothing, arranged, state: 'free' }
}

/** The public holiday of a date where Israel's calendar is the wall's; null elsewhere. */
export const holidayIn = (zone: string, date: PlainDate): Holiday | null => (zone === 'Asia/Jerusalem' ? holidayOf(date) : null)

type Tried = { arranged: Arranged; code?: undefined; resourceId?: undefined } | { arranged: null; code: Refusal['code']; resourceId: string | undefined }

const aboutThePlace: readonly Refusal['code'][] = ['starts_in_the_past', 'too_far_ahead', 'outside_working_hours', 'time_blocked', 'slot_taken', 'slot_held']

function attempt(placement: Placement, situation: Situation, now: Instant): Tried {
  try {
    return { arranged: arrange(placement, situation, now) }
  } catch (error) {
    if (!(error instanceof Refusal) || !aboutThePlace.includes(error.code)) throw error
    const { resourceId } = error.params
    return { arranged: null, code: error.code, resourceId: typeof resourceId === 'string' ? resourceId : undefined }
  }
}

function whyNotOpen(day: LocalDay, placement: Placement, { situation, branchHours }: Around): 'closed' | 'leave' | 'outside_hours' {
  const practitioner = situation.resources.find(({ id }) => id === placement.practitionerId)
  const span = spanOf(placement, situation)
  const exceptions = practitioner?.exceptions ?? []
  if (!branchOpenings(day, branchHours, exceptions).some((open) => overlaps(open, span))) return 'closed'
  const own = exceptions.filter(({ whole }) => !whole)
  const usual = practitioner ? openings(day, practitioner.hours, []) : []
  return covers(usual, span) && !covers(openings(day, practitioner?.hours ?? [], own), span) ? 'leave' : 'outside_hours'
}

function openedByName(day: LocalDay, placement: Placement, situation: Situation): boolean {
  const practitioner = situation.resources.find(({ id }) => id === placement.practitionerId)
  return practitioner !== undefined && covers(openOn(day, onlyExtra(practitioner)), spanOf(placement, situation))
}

const onlyExtra = (resource: BookableResource): BookableResource => ({ ...resource, hours: [], exceptions: resource.exceptions.filter(({ kind, whole }) => kind === 'open' && !whole) })

function inTheWay(placement: Placement, resourceId: string | undefined, situation: Situation): Verdict['clash'] {
  const { bufferBefore, bufferAfter } = situation.visitType
  const span = spanOf(placement, situation)
  const occupied = { from: span.from - bufferBefore, to: span.to + bufferAfter }
  const meets = (busy: Busy): boolean => !placement.instead.includes(busy.appointmentId) && busy.resourceId === resourceId && overlaps(busy, occupied)
  return resourceId === undefined ? null : { resourceId, appointmentIds: [...new Set(situation.busy.filter(meets).map(({ appointmentId }) => appointmentId))] }
}

const minuteOf = (at: Instant): number => at.epochMilliseconds / 60_000

function spanOf({ startsAt, durationMinutes }: Placement, { visitType }: Situation): Span {
  const from = minuteOf(startsAt)
  return { from, to: from + (durationMinutes ?? visitType.durationMinutes) }
}
