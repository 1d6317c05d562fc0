import type { PlainDate } from '../time.ts'
import type { RelationKind, RelationSeen } from './relations.ts'

/** What somebody may be told of a patient. */
export const subjects = ['appointments', 'clinical', 'money'] as const
export type Subject = (typeof subjects)[number]

/**
 * The age at which a guardian's and a parent's right ends by itself: 18 years, sections 3 and 14 of the Legal Capacity and
 * Guardianship Law, 1962 (חוק הכשרות המשפטית והאפוטרופסות).
 */
export const yearsOfAge = 18

/** The day on which somebody comes of age. Who was born on the 29th of February does so on the 28th of a common year. */
export const comesOfAgeOn = (birthDate: PlainDate): PlainDate => birthDate.add({ years: yearsOfAge })

/** Unknown birth dates are nobody's majority: where it matters somebody has to ask. */
export const isOfAge = (birthDate: PlainDate | null, today: PlainDate): boolean => birthDate !== null && comesOfAgeOn(birthDate).until(today).sign >= 0

/** What is usually said, for a start: a minor's guardians and parents are told all, a payer of money, others nothing until the patient agrees. */
export function usualTelling(kind: RelationKind, patientOfAge: boolean, relatedOfAge: boolean): { told: Subject[]; tells: Subject[] } {
  const told: Subject[] = (kind === 'guardian' || kind === 'parent') && !patientOfAge ? [...subjects] : kind === 'payer' ? ['money'] : []
  return { told, tells: kind === 'child' && !relatedOfAge ? [...subjects] : [] }
}

export interface Telling {
  /** Who the one who hears is to the patient. */
  kind: RelationSeen
  told: readonly Subject[]
  /** When that was last said; null where nobody was asked. */
  on: PlainDate | null
  birthDate: PlainDate | null
}

/**
 * What holds today, and what has run out: what a guardian or parent was told of a minor's health ends on the day the patient comes
 * of age, unless it was said anew from that day on.
 */
export function tellingNow({ kind, told, on, birthDate }: Telling, today: PlainDate): { told: Subject[]; expired: Subject[] } {
  const ofMinor = kind === 'guardian' || kind === 'parent'
  const since = birthDate && isOfAge(birthDate, today) ? comesOfAgeOn(birthDate) : null
  const ended = ofMinor && since !== null && (on === null || on.until(since).sign > 0)
  const expired: Subject[] = ended && told.includes('clinical') ? ['clinical'] : []
  return { told: subjects.filter((one) => told.includes(one) && !expired.includes(one)), expired }
}

/** Why somebody who comes of age is looked at. */
export const ofAgeReasons = ['guardian_told', 'guardian_phone', 'guardian_consent'] as const
export type OfAgeReason = (typeof ofAgeReasons)[number]

/** From how many days before the birthday it is shown, and for how long after it. */
export const ofAgeWindow = { daysBefore: 30, daysAfter: 365 }
