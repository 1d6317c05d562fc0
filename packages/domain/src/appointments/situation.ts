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
}

/** What has to be known to say whether a visit can be there: read under the locks of the resources that are named. */
export interface Situation {
  /** The branch's IANA zone. */
  zone: string
  visitType: VisitType
  /** Those asked for, and every place of the kind that the visit type needs. */
  resources: readonly BookableResource[]
  /** Around the time that is asked about. */
  busy: readonly Busy[]
}
