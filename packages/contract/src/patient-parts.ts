import { type Static, Type } from 'typebox'
import { Choice, DateText, Exact, InstantText, Line, Nullable, Uuid, Version } from './common.ts'

const phoneLabels = ['mobile', 'home', 'work', 'guardian', 'other'] as const

/** E.164, in the order in which they are tried. */
export const Phone = Exact({ number: Type.String(), label: Choice(phoneLabels), mobile: Type.Boolean() })
/** As a person writes it; without a country it is Israeli. */
export const PhoneTyped = Exact({ number: Line(30, 3), label: Type.Optional(Choice(phoneLabels)) })

/** One line of a search or a list: enough to tell two people of one name apart. */
export const PatientSummary = Exact({
  id: Uuid,
  givenName: Type.String(),
  familyName: Type.String(),
  givenNameLatin: Type.String(),
  familyNameLatin: Type.String(),
  phones: Type.Array(Type.String()),
  birthDate: Nullable(DateText),
  identifierMasked: Nullable(Type.String()),
  hasAlerts: Type.Boolean(),
  active: Type.Boolean(),
  lastVisit: Nullable(InstantText),
  nextVisit: Nullable(InstantText),
})
export type PatientSummary = Static<typeof PatientSummary>

/** A hit of the search. `mayHear`: of which others with the same phone they may be told, and what; for a whole number alone. */
export const PatientFound = Exact({
  ...PatientSummary.properties,
  mayHear: Type.Array(Exact({
    patient: Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() }),
    told: Type.Array(Choice(['appointments', 'clinical', 'money'])),
  })),
})
export type PatientFound = Static<typeof PatientFound>

/** `ward` and `pays_for` are how guardian and payer look from the other side. */
export const Relation = Exact({
  id: Uuid,
  kind: Choice(['guardian', 'ward', 'parent', 'child', 'spouse', 'sibling', 'payer', 'pays_for', 'other']),
  patient: Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() }),
})
export type Relation = Static<typeof Relation>

/** What holds now for a channel and purpose. */
export const ConsentNow = Exact({
  channel: Choice(['sms', 'email', 'phone', 'whatsapp', 'voice']),
  purpose: Choice(['service', 'marketing', 'e_invoice']),
  state: Choice(['given', 'refused']),
  source: Choice(['desk', 'form', 'reply', 'import', 'system']),
  recordedAt: InstantText,
})
export type ConsentNow = Static<typeof ConsentNow>

/** A visit on the patient's page, newest first. */
export const Visit = Exact({
  id: Uuid,
  branchId: Uuid,
  practitionerId: Uuid,
  visitTypeId: Uuid,
  startsAt: InstantText,
  endsAt: InstantText,
  status: Choice(['booked', 'confirmed', 'arrived', 'called', 'in_treatment', 'completed', 'cancelled', 'no_show']),
  deskNote: Type.String(),
  encounterId: Nullable(Uuid),
  version: Version,
})
export type Visit = Static<typeof Visit>

/** A message on the patient's page, newest first. */
export const Said = Exact({
  id: Uuid,
  kind: Choice(['reminder', 'booked', 'moved', 'cancelled', 'invoice', 'offer', 'series_changed', 'series_cancelled', 'form', 'debt', 'statement', 'payment_link', 'reply']),
  channel: Choice(['sms', 'email', 'whatsapp', 'voice']),
  state: Choice(['queued', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'skipped']),
  toAddress: Type.String(),
  body: Type.String(),
  createdAt: InstantText,
  sentAt: Nullable(InstantText),
})
export type Said = Static<typeof Said>

/** An issued document on the patient's page, newest first; kinds are the tax authority's codes. */
export const Invoiced = Exact({
  id: Uuid,
  kind: Choice(['300', '305', '320', '330', '400', '410']),
  number: Type.Integer(),
  issuedOn: DateText,
  issuedAt: InstantText,
  totalAgorot: Type.Integer(),
  /** What credit notes took back of it. */
  creditedAgorot: Type.Integer(),
  /** Of a credit note: what may still be given back. */
  refundableAgorot: Type.Integer(),
  appointmentId: Nullable(Uuid),
})
export type Invoiced = Static<typeof Invoiced>
