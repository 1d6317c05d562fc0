import { fillTemplate, type MessageKind } from '@yoman/domain/messages/template'
import type { Instant } from '@yoman/domain/time'
import { headerText } from '../address.ts'
import { ourText } from '../texts/ours.ts'
import type { Channel, Language, SmsAlone, Text } from '../texts/text.ts'
import { dateText, phoneText, timeText } from '../values.ts'

export interface VisitMessage {
  kind: Exclude<MessageKind, 'invoice' | SmsAlone>
  channel: Channel
  /** The patient's. */
  language: Language
  /** The clinic's own text; null where it speaks with ours. */
  own: Text | null
  visit: {
    patientFirstName: string
    clinicName: string
    branchName: string
    practitionerName: string
    /** As it was typed; empty where there is none. */
    phone: string
    startsAt: Instant
    /** The branch's IANA zone. */
    zone: string
  }
}

/** The words of a message about a visit, in the patient's language and on the branch's wall clock. Says nothing of what the visit is for. */
export function composeVisitMessage({ kind, channel, language, own, visit }: VisitMessage): Text {
  const text = own ?? ourText(kind, channel, language)
  if (!text) throw new RangeError(`no text for ${kind} by ${channel}`)
  const { startsAt, zone } = visit
  const values = {
    patientFirstName: headerText(visit.patientFirstName),
    clinicName: headerText(visit.clinicName),
    branchName: headerText(visit.branchName),
    practitionerName: headerText(visit.practitionerName),
    phone: phoneText(visit.phone, language),
    date: dateText(startsAt, zone, language),
    time: timeText(startsAt, zone, language),
  }
  return { subject: headerText(fillTemplate(text.subject, values)), body: fillTemplate(text.body, values) }
}
