import type { WaitlistEntry } from '@yoman/contract/waitlist'
import { minutesBetween, instant } from '@yoman/domain/time'
import type { EntryStart } from './dialogs.ts'

/** The wishes as they are being typed. */
export type EntryForm = Pick<WaitlistEntry, 'durationMinutes' | 'practitionerIds' | 'weekdays' | 'parts' | 'urgency' | 'until' | 'note'> & { visitTypeId: string | null }

/** An entry's own wishes; of a visit that should come earlier, its kind, length and practitioner; else what is known already. */
export function entryForm({ entry, visit, wishes }: EntryStart): EntryForm {
  if (entry) {
    const { visitTypeId, durationMinutes, practitionerIds, weekdays, parts, urgency, until, note } = entry
    return { visitTypeId, durationMinutes, practitionerIds, weekdays, parts, urgency, until, note }
  }
  return {
    visitTypeId: visit?.visitTypeId ?? null,
    durationMinutes: visit ? minutesBetween(instant(visit.startsAt), instant(visit.endsAt)) : null,
    practitionerIds: visit ? [visit.practitionerId] : [],
    weekdays: [],
    parts: [],
    urgency: 'normal',
    until: null,
    note: '',
    ...wishes,
  }
}
