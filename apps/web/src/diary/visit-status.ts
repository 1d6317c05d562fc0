import { Ban, BellRing, CalendarCheck, CheckCheck, CircleCheck, Clock, MapPin, Stethoscope, UserX } from '@lucide/vue'
import type { Component } from 'vue'
import type { DiaryVisit } from '@yoman/contract/diary'
import { mayFollow } from '@yoman/domain/appointments/appointment'
import { dateIn, instant, isBefore, type Instant } from '@yoman/domain/time'
import type { RouteKey } from '@yoman/contract/routes'
import type { Words } from '../locales/words.ts'

export type Status = DiaryVisit['status']

export const statusIcons: Record<Status, Component> = {
  held: Clock,
  booked: CalendarCheck,
  confirmed: CheckCheck,
  arrived: MapPin,
  called: BellRing,
  in_treatment: Stethoscope,
  completed: CircleCheck,
  cancelled: Ban,
  no_show: UserX,
}

export type StepRoute = Extract<RouteKey, `POST /appointments/:id/${'confirmation' | 'arrival' | 'call' | 'start' | 'completion' | 'no-show'}`>

export interface Step {
  to: Status
  route: StepRoute
  label: Words
}

/** The steps of the day in their order: what a press does, and which status it leads to. */
export const steps: readonly Step[] = [
  { to: 'confirmed', route: 'POST /appointments/:id/confirmation', label: 'diary.action.confirm' },
  { to: 'arrived', route: 'POST /appointments/:id/arrival', label: 'diary.action.arrive' },
  { to: 'called', route: 'POST /appointments/:id/call', label: 'diary.action.call' },
  { to: 'in_treatment', route: 'POST /appointments/:id/start', label: 'diary.action.start' },
  { to: 'completed', route: 'POST /appointments/:id/completion', label: 'diary.action.complete' },
  { to: 'no_show', route: 'POST /appointments/:id/no-show', label: 'diary.action.missed' },
]

/** The steps that a visit may take at `now`: nobody arrives on another day, and nobody has missed what has not begun. */
export function stepsOf(visit: Pick<DiaryVisit, 'status' | 'startsAt'>, now: Instant, zone: string): typeof steps {
  const start = instant(visit.startsAt)
  const today = dateIn(zone, start).equals(dateIn(zone, now))
  const possible: Partial<Record<Status, boolean>> = { arrived: today, in_treatment: today, no_show: !isBefore(now, start) }
  return steps.filter(({ to }) => mayFollow[visit.status].includes(to) && possible[to] !== false)
}
/** What has begun or is over stays where it was. */
export const mayMove = (status: Status): boolean => status === 'booked' || status === 'confirmed'
export const mayCancel = (status: Status): boolean => mayFollow[status].includes('cancelled')
