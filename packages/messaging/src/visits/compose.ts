import { fillTemplate, type MessageKind } from '@yoman/domain/messages/template'
import { filledTemplate, variablesOf } from '@yoman/domain/messages/whatsapp'
import type { Instant } from '@yoman/domain/time'
import { headerText } from '../address.ts'
import { ourText } from '../texts/ours.ts'
import { callReminder } from '../texts/call.ts'
import type { Channel, EmailAlone, Language, SmsAlone, Text } from '../texts/text.ts'
import { dateText, phoneText, spokenDateText, timeText } from '../values.ts'

export interface VisitMessage {
  kind: Exclude<MessageKind, EmailAlone | 'debt' | SmsAlone>
  /** By WhatsApp there is no text but the one that was approved (`own`); a call speaks in our words alone, and only to remind. */
  channel: Channel | 'whatsapp' | 'voice'
  /** The patient's. */
  language: Language
  /** The clinic's own text, or the approved one; null where it speaks with ours. */
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

export interface VisitText extends Text {
  /** Of a WhatsApp: what fills the numbered variables of its approved text. */
  variables?: Record<string, string>
}

/** The words of a message about a visit, in the patient's language and on the branch's wall clock. Says nothing of what the visit is for. */
export function composeVisitMessage({ kind, channel, language, own, visit }: VisitMessage): VisitText {
  const text = channel === 'voice' ? (kind === 'reminder' ? { subject: '', body: callReminder(language, { patient: visit.patientFirstName !== '', clinic: visit.clinicName !== '' }) } : null) : (own ?? (channel === 'whatsapp' ? null : ourText(kind, channel, language)))
  if (!text) throw new RangeError(`no text for ${kind} by ${channel}`)
  const { startsAt, zone } = visit
  const values = {
    patientFirstName: headerText(visit.patientFirstName),
    clinicName: headerText(visit.clinicName),
    branchName: headerText(visit.branchName),
    practitionerName: headerText(visit.practitionerName),
    phone: phoneText(visit.phone, language),
    date: (channel === 'voice' ? spokenDateText : dateText)(startsAt, zone, language),
    time: timeText(startsAt, zone, language),
  }
  if (channel === 'whatsapp') return { subject: '', body: filledTemplate(text.body, values), variables: variablesOf(text.body, values) }
  return { subject: headerText(fillTemplate(text.subject, values)), body: fillTemplate(text.body, values) }
}
