import { type Static, Type } from 'typebox'
import { Attachment } from './attachments.ts'
import { ById, Choice, DateText, Exact, InstantText, Line, Nothing, Nullable, Page, PageQuery, Text, Uuid, Version } from './common.ts'
import { Contact } from './contacts.ts'
import { EncounterSummary } from './encounters.ts'
import { Order } from './orders.ts'
import { ConsentNow, Invoiced, PatientFound, PatientSummary, Phone, PhoneTyped, Relation, Said, Visit } from './patient-parts.ts'
import { routeTable } from './route.ts'
import { Task } from './tasks.ts'
import { WaitlistEntry } from './waitlist.ts'

export const sexes = ['female', 'male', 'other', 'unknown'] as const
export const languages = ['he', 'ar', 'ru', 'en'] as const
/** Payer codes of the Ministry of Health: Clalit, Leumit, Maccabi, Meuhedet, army, Ministry of Defence, Palestinian Authority. */
export const healthFunds = ['101', '102', '103', '104', '401', '402', '480'] as const

/** A person's identifier as shown: all but its end is hidden. `POST …/identifier-reading` shows it whole, and is recorded. */
const IdentifierShown = Exact({ kind: Choice(['national_id', 'passport']), country: Nullable(Type.String()), masked: Type.String() })
const IdentifierTyped = Exact({ kind: Choice(['national_id', 'passport']), value: Line(20, 1), country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })) })

const Address = Exact({ street: Line(200), city: Line(100), postalCode: Line(20) })

export const Patient = Exact({
  id: Uuid,
  givenName: Type.String(),
  familyName: Type.String(),
  givenNameLatin: Type.String(),
  familyNameLatin: Type.String(),
  identifier: Nullable(IdentifierShown),
  birthDate: Nullable(DateText),
  sex: Choice(sexes),
  phones: Type.Array(Phone),
  email: Nullable(Type.String()),
  address: Address,
  healthFund: Nullable(Choice(healthFunds)),
  language: Choice(languages),
  /** What is still to be asked: a record may be opened with a name alone. */
  missing: Type.Array(Choice(['family_name', 'phone', 'identifier', 'birth_date'])),
  /** Whether there is a clinical alert; its words only where `note.read`. */
  hasAlerts: Type.Boolean(),
  alerts: Nullable(Type.String()),
  deskNote: Type.String(),
  referralSource: Type.String(),
  active: Type.Boolean(),
  createdAt: Type.String({ format: 'date-time' }),
  version: Version,
})
export type Patient = Static<typeof Patient>

/** What is known of a patient, by kind. A part that the reader's roles do not open is null. */
const parts = {
  visits: Nullable(Type.Array(Visit)),
  orders: Nullable(Type.Array(Order)),
  encounters: Nullable(Type.Array(EncounterSummary)),
  messages: Nullable(Type.Array(Said)),
  invoices: Nullable(Type.Array(Invoiced)),
  attachments: Nullable(Type.Array(Attachment)),
  tasks: Nullable(Type.Array(Task)),
  waitlist: Nullable(Type.Array(WaitlistEntry)),
  contacts: Nullable(Type.Array(Contact)),
}
export const PatientParts = Exact(parts)
export type PatientParts = Static<typeof PatientParts>

const Count = Nullable(Type.Integer({ minimum: 0 }))

/** Everything on a patient's page: all visits ahead, of each other part the newest fifty. */
export const PatientPage = Exact({
  patient: Patient,
  relations: Type.Array(Relation),
  consents: Type.Array(ConsentNow),
  ...parts,
  /** The clinic's own fields of the patient that the reader should have answered now. */
  asked: Type.Array(Uuid),
  /** How many there are of each in all. */
  counts: Exact({ visits: Count, orders: Count, encounters: Count, messages: Count, invoices: Count, attachments: Count, tasks: Count, waitlist: Count, contacts: Count }),
})
export type PatientPage = Static<typeof PatientPage>

export const timelineKinds = ['visit', 'note', 'message', 'invoice', 'attachment', 'task', 'order', 'waitlist', 'contact'] as const
export type TimelineKind = (typeof timelineKinds)[number]

const details = {
  familyName: Type.Optional(Line(80)),
  givenNameLatin: Type.Optional(Line(80)),
  familyNameLatin: Type.Optional(Line(80)),
  identifier: Type.Optional(Nullable(IdentifierTyped)),
  birthDate: Type.Optional(Nullable(DateText)),
  sex: Type.Optional(Choice(sexes)),
  email: Type.Optional(Nullable(Line(254, 3))),
  address: Type.Optional(Address),
  healthFund: Type.Optional(Nullable(Choice(healthFunds))),
  language: Type.Optional(Choice(languages)),
  /** Clinical text: only where `note.write`. */
  alerts: Type.Optional(Text(2000)),
  deskNote: Type.Optional(Text(2000)),
  referralSource: Type.Optional(Line(120)),
}

const detailProblems = ['name_missing', 'national_id_invalid', 'national_id_taken', 'passport_invalid', 'phone_invalid', 'email_invalid', 'birth_date_in_future', 'birth_date_too_early'] as const

/** Somebody who may be the one that is being typed, and why. */
export const Likely = Exact({ ...PatientSummary.properties, reasons: Type.Array(Choice(['identifier', 'phone', 'birth_date', 'same_name', 'sounds_alike'])) })
export type Likely = Static<typeof Likely>

export const patientRoutes = routeTable({
  'POST /patient-searches': {
    permission: 'patient.find',
    audit: 'none', // shows what a phone book shows; opening a record is what leaves an event
    summary: 'Up to ten patients by name (Hebrew or Latin), any run of phone digits, or a whole national id.',
    body: Exact({ text: Line(80, 1) }),
    status: 200,
    response: Exact({ items: Type.Array(PatientFound) }),
  },
  'POST /patient-likenesses': {
    permission: 'patient.write',
    audit: 'none', // shows what a search shows, to whoever is about to write a second record
    summary: 'Up to five people on record who may be the one that is being typed, likeliest first, each with the reasons. Half-typed numbers are simply not compared.',
    body: Exact({ givenName: Line(80), familyName: Line(80), phone: Type.Optional(Line(30)), identifier: Type.Optional(Line(20)), birthDate: Type.Optional(Nullable(DateText)), except: Type.Optional(Uuid) }),
    status: 200,
    response: Exact({ items: Type.Array(Likely) }),
  },
  'GET /patients': {
    permission: 'patient.read',
    audit: 'none',
    summary: 'All patients by family name.',
    query: Exact({ ...PageQuery, active: Type.Optional(Type.Boolean()), incomplete: Type.Optional(Type.Boolean()) }),
    status: 200,
    response: Page(PatientSummary),
  },
  'POST /patients': {
    permission: 'patient.write',
    audit: 'write',
    summary: 'A new patient. Name and phone are enough; the same name with the same phone is refused unless `evenIfKnown`.',
    body: Exact({
      id: Uuid,
      givenName: Line(80, 1),
      phones: Type.Array(PhoneTyped, { maxItems: 5 }),
      /** Also records that the patient agreed to service messages by SMS. */
      agreesToMessages: Type.Optional(Type.Boolean()),
      evenIfKnown: Type.Optional(Type.Boolean()),
      ...details,
    }),
    status: 201,
    response: Patient,
    problems: ['patient_known', 'id_taken', ...detailProblems],
  },
  'GET /patients/:id': {
    permission: 'patient.read',
    audit: 'read',
    summary: "The whole of a patient's page; parts by permission.",
    params: ById,
    status: 200,
    response: PatientPage,
  },
  'GET /patients/:id/timeline': {
    permission: 'patient.read',
    audit: 'read',
    summary: 'What happened before a moment, newest first: everything, or one kind. Ask on with the time and id of the last that was shown.',
    params: ById,
    query: Exact({ before: Type.Optional(InstantText), beforeId: Type.Optional(Uuid), kind: Type.Optional(Choice(timelineKinds)), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }),
    status: 200,
    response: Exact({ ...parts, more: Type.Boolean() }),
  },
  'PATCH /patients/:id': {
    permission: 'patient.write',
    audit: 'write',
    summary: 'Change details. `phones`, where given, replaces them all.',
    params: ById,
    body: Exact({
      version: Version,
      givenName: Type.Optional(Line(80, 1)),
      phones: Type.Optional(Type.Array(PhoneTyped, { maxItems: 5 })),
      active: Type.Optional(Type.Boolean()),
      ...details,
    }),
    status: 200,
    response: Patient,
    problems: ['stale_version', 'patient_merged', ...detailProblems],
  },
  'POST /patients/:id/identifier-reading': {
    permission: 'patient.read',
    audit: 'read',
    summary: 'The whole national id or passport number; each reading is recorded.',
    params: ById,
    status: 200,
    response: Exact({ kind: Choice(['national_id', 'passport']), country: Nullable(Type.String()), value: Type.String() }),
  },
  'POST /patients/:id/consents': {
    permission: 'patient.write',
    audit: 'write',
    summary: 'Record that the patient agreed or refused; the last record of a channel and purpose holds.',
    params: ById,
    body: Exact({
      id: Uuid,
      channel: Choice(['sms', 'email', 'phone', 'whatsapp', 'voice']),
      purpose: Choice(['service', 'marketing', 'e_invoice']),
      state: Choice(['given', 'refused']),
      source: Choice(['desk', 'form']),
      evidence: Type.Optional(Text(500)),
    }),
    status: 201,
    response: Exact({ items: Type.Array(ConsentNow) }),
    problems: ['id_taken'],
  },
  'POST /patients/:id/relations': {
    permission: 'patient.write',
    audit: 'write',
    summary: 'Say who somebody is to this patient: `parent` means that the other one is the parent.',
    params: ById,
    body: Exact({ id: Uuid, relatedId: Uuid, kind: Choice(['guardian', 'parent', 'child', 'spouse', 'sibling', 'payer', 'other']) }),
    status: 201,
    response: Exact({ items: Type.Array(Relation) }),
    problems: ['related_to_self', 'id_taken', 'reference_unknown'],
  },
  'DELETE /patients/:id/relations/:relationId': {
    permission: 'patient.write',
    audit: 'write',
    summary: 'Take a relation back, seen from either side.',
    params: Exact({ id: Uuid, relationId: Uuid }),
    status: 204,
    response: Nothing,
  },
})
