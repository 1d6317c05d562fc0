import { Ban, CalendarCheck, CheckCheck, CircleCheck, Clock, MapPin, Stethoscope, UserX } from '@lucide/vue'
import type { Component } from 'vue'
import type { DiaryVisit } from '@yoman/contract/appointments'
import { mayFollow } from '@yoman/domain/appointments/appointment'
import type { RouteKey } from '@yoman/contract/routes'
import type { Words } from '../locales/words.ts'

export type Status = DiaryVisit['status']

export const statusIcons: Record<Status, Component> = {
  held: Clock,
  booked: CalendarCheck,
  confirmed: CheckCheck,
  arrived: MapPin,
  in_treatment: Stethoscope,
  completed: CircleCheck,
  cancelled: Ban,
  no_show: UserX,
}

export type StepRoute = Extract<RouteKey, `POST /appointments/:id/${'confirmation' | 'arrival' | 'start' | 'completion' | 'no-show'}`>

/** The steps of the day in their order: what a press does, and which status it leads to. */
export const steps: readonly { to: Status; route: StepRoute; label: Words }[] = [
  { to: 'confirmed', route: 'POST /appointments/:id/confirmation', label: 'diary.action.confirm' },
  { to: 'arrived', route: 'POST /appointments/:id/arrival', label: 'diary.action.arrive' },
  { to: 'in_treatment', route: 'POST /appointments/:id/start', label: 'diary.action.start' },
  { to: 'completed', route: 'POST /appointments/:id/completion', label: 'diary.action.complete' },
  { to: 'no_show', route: 'POST /appointments/:id/no-show', label: 'diary.action.missed' },
]

export const stepsFrom = (status: Status): typeof steps => steps.filter(({ to }) => mayFollow[status].includes(to))
export const mayCancel = (status: Status): boolean => mayFollow[status].includes('cancelled')
