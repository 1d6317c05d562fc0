import type { DatedHours, WeeklyHours } from '../availability/openings.ts'
import type { Span } from '../availability/spans.ts'

export type ResourceKind = 'practitioner' | 'room' | 'chair' | 'device'
export type Profession = 'doctor' | 'hygienist' | 'assistant'

export interface VisitType {
  id: string
  active: boolean
  /** Null: whoever is listed. */
  profession: Profession | null
  durationMinutes: number
  bufferBefore: number
  bufferAfter: number
  /** Null: needs no place of its own. */
  placeKind: Exclude<ResourceKind, 'practitioner'> | null
  /** Who may do it; empty: everyone of the profession. */
  practitionerIds: readonly string[]
  /** What it needs beside the practitioner and the place; at most four. */
  needs: readonly Need[]
}

/** Somebody or something that a visit needs as well: an assistant, the x-ray device. */
export interface Need {
  kind: ResourceKind
  /** Of a person; null: any. */
  profession: Profession | null
  /** Which would do; empty: any of the kind and profession. */
  resourceIds: readonly string[]
}

export interface BookableResource {
  id: string
  kind: ResourceKind
  active: boolean
  /** Where a place stands; null for people, who work where their hours say. */
  branchId: string | null
  profession: Profession | null
  /** Its week in the branch that is asked about. */
  hours: readonly WeeklyHours[]
  /** Its own dates that differ, and the branch's. */
  exceptions: readonly DatedHours[]
}

/** Time that an appointment or a hold takes of a resource, its buffers included. */
export interface Busy extends Span {
  resourceId: string
  appointmentId: string
  /** Of a hold: until when, in milliseconds since 1970. */
  holdExpiresMs: number | null
  /** It was booked over another visit, for a reason. */
  overbooked: boolean
}

/** What has to be known to say whether a visit can be there: read under the locks of the resources that are named. */
export interface Situation {
  /** The branch's IANA zone. */
  zone: string
  visitType: VisitType
  /** Those asked for, every place of the kind that the visit type needs, and all that would do for its other needs. */
  resources: readonly BookableResource[]
  /** Around the time that is asked about. */
  busy: readonly Busy[]
  /** Visits of the practitioner on that day that were booked over others, and how many there may be. Unset: not looked at, and so none may be. */
  overbookings?: { today: number; limit: number }
}
