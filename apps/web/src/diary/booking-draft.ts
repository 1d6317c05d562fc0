import { instant } from '@yoman/domain/time'
import { businessNow } from '../clock.ts'
import { me } from '../session.ts'
import type { Booking } from './send-booking.ts'

/**
 * A booking that is being made, kept over a reload of this window. Ids, date and time alone: what a patient is called and
 * what was noted about them is written nowhere in the browser.
 */
export interface BookingDraft {
  /** Without its note, which is the patient's. */
  form: Booking
  patientId: string | null
}

interface Kept extends BookingDraft {
  staffId: string
  branchId: string
  at: string
}

const key = 'booking'
const keptMinutes = 60

export function keepBooking({ form, patientId }: BookingDraft, branchId: string): void {
  if (!me.value) return
  const kept: Kept = { form: { ...form, note: '' }, patientId, staffId: me.value.staffId, branchId, at: businessNow().toString() }
  sessionStorage.setItem(key, JSON.stringify(kept))
}

export const forgetBooking = (): void => sessionStorage.removeItem(key)

/** What this person was booking in this branch when the window was loaded anew; null when there was nothing, or an hour has passed. */
export function keptBooking(branchId: string): BookingDraft | null {
  const text = sessionStorage.getItem(key)
  if (text === null) return null
  const kept = JSON.parse(text) as Kept // written above, by this version or one before it
  const mine = kept.staffId === me.value?.staffId && kept.branchId === branchId
  return mine && businessNow().since(instant(kept.at)).total('minutes') < keptMinutes ? { form: kept.form, patientId: kept.patientId } : null
}
