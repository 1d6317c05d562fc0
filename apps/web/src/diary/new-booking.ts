import { newId } from '../new-id.ts'
import type { BookingStart } from './BookingDialog.vue'
import { clockText } from './grid/grid-model.ts'
import type { Booking } from './send-booking.ts'

export interface NewPatient {
  id: string
  givenName: string
  familyName: string
  phone: string
  agrees: boolean
}

/** A fresh form. Its ids are made once, so that pressing the button again after a lost answer books nothing twice. */
export const newBooking = (start: BookingStart | null): Booking => ({
  id: newId(),
  visitTypeId: null,
  practitionerId: start?.practitionerId ?? null,
  placeId: start?.placeId ?? null,
  alsoIds: [],
  date: start?.date ?? null,
  time: start?.minute == null ? null : clockText(start.minute),
  length: start?.length ?? null,
  note: '',
  entryId: null,
})

/** What was typed in the search becomes the new record: digits the phone, words the names, the first word the given one. */
export function patientFrom(typed: string): NewPatient {
  const text = typed.trim()
  const isPhone = /^[+\d][\d\s-]*$/.test(text)
  const [givenName = '', ...rest] = isPhone ? [] : text.split(/\s+/)
  return { id: newId(), givenName, familyName: rest.join(' '), phone: isPhone ? text : '', agrees: false }
}
