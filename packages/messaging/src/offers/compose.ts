import { fillTemplate } from '@yoman/domain/messages/template'
import type { Instant } from '@yoman/domain/time'
import { headerText } from '../address.ts'
import { texts } from '../texts/ours.ts'
import type { Language, Text } from '../texts/text.ts'
import { dateText, phoneText, timeText } from '../values.ts'

export interface OfferMessage {
  /** The patient's. */
  language: Language
  /** The clinic's own text; null where it speaks with ours. */
  own: Text | null
  patientFirstName: string
  clinicName: string
  branchName: string
  practitionerName: string
  /** As it was typed; empty where there is none. */
  phone: string
  startsAt: Instant
  /** Until when it may be taken; the hour alone is said, on the branch's wall. */
  until: Instant
  /** The branch's IANA zone. */
  zone: string
}

/** The words of an SMS that offers a place that came free. `{link}` stays as it is: it is filled in when the message leaves, and kept nowhere. */
export function composeOfferMessage({ language, own, startsAt, until, zone, phone, ...names }: OfferMessage): Text {
  const values = {
    patientFirstName: headerText(names.patientFirstName),
    clinicName: headerText(names.clinicName),
    branchName: headerText(names.branchName),
    practitionerName: headerText(names.practitionerName),
    phone: phoneText(phone, language),
    date: dateText(startsAt, zone, language),
    time: timeText(startsAt, zone, language),
    until: timeText(until, zone, language),
  }
  return { subject: '', body: fillTemplate(own?.body ?? texts[language].sms.offer, values) }
}
