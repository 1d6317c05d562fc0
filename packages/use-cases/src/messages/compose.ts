import type { Channel, Language, TextChannel, VisitFacts } from '@yoman/db/messages/visit-facts'
import { isMobile } from '@yoman/domain/people/phone'
import type { Rule } from '@yoman/domain/series/recurrence'
import type { Instant } from '@yoman/domain/time'

export type VisitMessageKind = 'reminder' | 'booked' | 'moved' | 'cancelled'

/** What is to be said, before it has words. */
export interface ToSay {
  kind: VisitMessageKind
  channel: Channel
  language: Language
  /** The clinic's own text, or the one approved for WhatsApp; null where it speaks with ours, as in every call. */
  own: { subject: string; body: string } | null
  visit: {
    /** Empty in a call whose voice has no letters for it; so is the clinic's. */
    patientFirstName: string
    clinicName: string
    branchName: string
    practitionerName: string
    phone: string
    startsAt: Instant
    /** The branch's IANA zone. */
    zone: string
  }
}

/** Finds the words. Given by whoever sends: the use cases know no language. */
export type Compose = (toSay: ToSay) => Words

export interface Words {
  subject: string
  body: string
  /** Of a WhatsApp: what fills the numbered variables of its approved text. */
  variables?: Record<string, string>
}

/** What is to be said of several visits of a series at once. */
export interface SeriesToSay {
  kind: 'series_changed' | 'series_cancelled'
  channel: TextChannel
  language: Language
  own: { subject: string; body: string } | null
  patientFirstName: string
  clinicName: string
  branchName: string
  /** Everybody whom the visits are with. */
  practitionerNames: readonly string[]
  phone: string
  rule: Rule
  /** In their order; never empty. */
  starts: readonly Instant[]
  zone: string
}

export type ComposeSeries = (toSay: SeriesToSay) => { subject: string; body: string }

export const toSay = (kind: VisitMessageKind, channel: Channel, facts: VisitFacts, own: { subject: string; body: string } | undefined): ToSay => ({
  kind,
  channel,
  language: facts.language,
  own: own ? { subject: own.subject, body: own.body } : null,
  visit: {
    patientFirstName: channel === 'voice' && facts.language !== 'he' ? facts.patientGivenNameLatin : facts.patientGivenName,
    clinicName: channel === 'voice' && facts.language !== 'he' ? facts.clinicNameEn : facts.clinicName, // no foreign voice reads Hebrew letters
    branchName: facts.branchName,
    practitionerName: (facts.language === 'he' || facts.language === 'ar' ? '' : facts.practitionerNameEn) || facts.practitionerName,
    phone: facts.phone,
    startsAt: facts.startsAt,
    zone: facts.hours.zone,
  },
})

/** Where the patient can be reached on a channel: the first number that an SMS or WhatsApp can reach, the first of all for a call, or the e-mail address. */
export function addressOf({ phones, email, noWhatsapp, noVoice }: Pick<VisitFacts, 'phones' | 'email' | 'noWhatsapp' | 'noVoice'>, channel: Channel): string | null {
  if (channel === 'email') return email
  if (channel === 'voice') return phones.find((number) => !noVoice.includes(number)) ?? null
  return phones.find((number) => isMobile(number) && !(channel === 'whatsapp' && noWhatsapp.includes(number))) ?? null
}

/** Whether the clinic has not set the channel up for the patient. */
export const isOff = ({ whatsapp, caller }: Pick<VisitFacts, 'whatsapp' | 'caller'>, channel: Channel): boolean => (channel === 'whatsapp' && whatsapp === null) || (channel === 'voice' && caller === null)
