import { shallowRef } from 'vue'
import type { WaitlistEntry } from '@yoman/contract/waitlist'
import type { EntryForm } from './entry-form.ts'

/** A visit that should come earlier. */
export interface EarlierVisit {
  id: string
  patientId: string
  name: string
  visitTypeId: string
  practitionerId: string
  startsAt: string
  endsAt: string
}

/** What is known when somebody is put on the list, or changed there. */
export interface EntryStart {
  entry?: WaitlistEntry
  patient?: { id: string; name: string }
  visit?: EarlierVisit
  /** What was filled in elsewhere, in a booking that found no time. */
  wishes?: Partial<EntryForm>
}

/** A place that somebody could take. */
export interface PlaceToFill {
  branchId: string
  practitionerId: string
  startsAt: string
}

/** The one dialog of the waitlist that is open, from wherever it was asked for: a menu, a message, the side list, a page. */
export const waitlistDialog = shallowRef<{ kind: 'entry'; start: EntryStart } | { kind: 'fill'; place: PlaceToFill } | null>(null)

export const openEntry = (start: EntryStart = {}): void => void (waitlistDialog.value = { kind: 'entry', start })
export const openFill = (place: PlaceToFill): void => void (waitlistDialog.value = { kind: 'fill', place })
export const closeWaitlistDialog = (): void => void (waitlistDialog.value = null)
