import { readPhone } from '../people/phone.ts'
import { Refusal } from '../refusal.ts'
import { dateIn, type Instant } from '../time.ts'

/** How one spoke: they called us, we called them, they stood at the desk, or it was written by e-mail. */
export const contactWays = ['call_in', 'call_out', 'desk', 'email'] as const
export type ContactWay = (typeof contactWays)[number]

export interface Caller {
  name: string
  /** E.164, or empty. */
  phone: string
}

/** Who spoke, as it was typed. Throws `phone_invalid`; `contact_with_nobody` where there is neither a patient nor a name nor a number. */
export function callerOf(typed: { name: string; phone: string }, patientId: string | null): Caller {
  const name = typed.name.trim()
  const phone = typed.phone.trim() === '' ? '' : readPhone(typed.phone)
  if (phone === null) throw new Refusal('phone_invalid')
  if (patientId === null && name === '' && phone === '') throw new Refusal('contact_with_nobody')
  return { name, phone }
}

/** What was said. Throws `contact_without_words`. */
export function wordsOf(typed: string): string {
  const words = typed.trim()
  if (words === '') throw new Refusal('contact_without_words')
  return words
}

export interface WrittenContact {
  writtenBy: string
  writtenAt: Instant
}

/** Whether it may still be corrected: by who wrote it, until the day on the branch's wall ends. What was said is evidence later on. */
export const isCorrectable = ({ writtenBy, writtenAt }: WrittenContact, by: string | null, now: Instant, zone: string): boolean =>
  writtenBy === by && dateIn(zone, writtenAt).equals(dateIn(zone, now))

/** Throws `not_the_author`, or `contact_settled` from the next day on. */
export function checkCorrectable(contact: WrittenContact, by: string | null, now: Instant, zone: string): void {
  if (contact.writtenBy !== by) throw new Refusal('not_the_author')
  if (!isCorrectable(contact, by, now, zone)) throw new Refusal('contact_settled')
}
