import { type Static, Type } from 'typebox'
import { letterKinds } from '@yoman/domain/letters/letter'
import { documentLanguages } from '@yoman/domain/plans/shown'
import { Choice, DateText, Exact, ById, InstantText, Line, Nullable, Text, Uuid } from './common.ts'
import { file, routeTable } from './route.ts'

const Kind = Choice(letterKinds)
const Language = Choice(documentLanguages)
const bodyLength = 6_000

const Drug = Exact({ name: Line(120, 1), dose: Line(200), days: Nullable(Type.Integer({ minimum: 1, maximum: 365 })), quantity: Line(60) })
const words = { title: Line(120, 1), body: Text(bodyLength), drugs: Type.Array(Drug, { maxItems: 12 }) }
const about = { patientId: Uuid, encounterId: Type.Optional(Nullable(Uuid)), branchId: Uuid, kind: Kind, language: Language }

/** A letter that was signed; its document is an attachment of the record. */
export const Letter = Exact({
  id: Uuid,
  patientId: Uuid,
  encounterId: Nullable(Uuid),
  kind: Kind,
  language: Language,
  title: Type.String(),
  signedBy: Exact({ staffId: Uuid, name: Type.String() }),
  signedAt: InstantText,
  hash: Type.String(),
  attachmentId: Uuid,
  filed: Type.Boolean(),
  withdrawn: Type.Boolean(),
})
export type Letter = Static<typeof Letter>

/** A letter as it begins: the clinic's text, filled from the record. */
export const LetterDraft = Exact({
  title: Type.String(),
  body: Type.String(),
  templateSeq: Type.Integer(),
  doctor: Exact({ name: Type.String(), licence: Type.String() }),
  hasIdentifier: Type.Boolean(),
  today: DateText,
})
export type LetterDraft = Static<typeof LetterDraft>

export const LetterTemplate = Exact({ kind: Kind, language: Language, seq: Type.Integer(), title: Type.String(), body: Type.String(), shipped: Exact({ title: Type.String(), body: Type.String() }), writtenAt: Nullable(InstantText) })
export type LetterTemplate = Static<typeof LetterTemplate>

const refusals = ['reference_unknown', 'letter_empty', 'licence_missing', 'identifier_missing', 'drug_needs_special_form'] as const

export const letterRoutes = routeTable({
  'GET /letters': { permission: 'note.read', audit: 'read', summary: "A patient's letters, newest first.", query: Exact({ patientId: Uuid }), status: 200, response: Exact({ items: Type.Array(Letter) }) },
  'GET /letter-drafts': {
    permission: 'letter.write',
    audit: 'read',
    summary: 'A letter of a kind begun from the clinic’s text: filled with what the record knows.',
    query: Exact(about),
    status: 200,
    response: LetterDraft,
    problems: ['reference_unknown'],
  },
  'POST /letter-previews': {
    permission: 'letter.write',
    audit: 'read',
    summary: 'The paper as it would be, marked as a draft.',
    body: Exact({ ...about, ...words }),
    status: 200,
    response: file('application/pdf'),
    problems: refusals,
  },
  'POST /letters': {
    permission: 'letter.write',
    audit: 'write',
    summary: 'Sign a letter: it is kept as it is and its document filed in the record; nothing is sent to anybody. Prescriptions and sick notes are the doctors’. Again with the same id: the same.',
    body: Exact({ id: Uuid, attachmentId: Uuid, ...about, templateSeq: Type.Integer({ minimum: 0, maximum: 1_000_000 }), ...words }),
    status: 201,
    response: Letter,
    problems: [...refusals, 'id_taken', 'storage_full', 'attachment_limit_reached', 'attachment_damaged'],
  },
  'GET /letters/:id/pdf': { permission: 'note.read', audit: 'read', summary: 'The paper as it was signed, to be printed.', params: ById, status: 200, response: file('application/pdf') },
  'GET /letter-templates': { permission: 'settings.read', audit: 'none', summary: 'The texts of letters, the clinic’s own where it has one (`seq` above 0).', status: 200, response: Exact({ items: Type.Array(LetterTemplate) }) },
  'PUT /letter-templates/:kind/:language': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Write a text anew, on top of `seq`. Older ones are kept.',
    params: Exact({ kind: Kind, language: Language }),
    body: Exact({ seq: Type.Integer({ minimum: 0 }), title: Line(120, 1), body: Text(bodyLength) }),
    status: 200,
    response: LetterTemplate,
    problems: ['stale_version', 'template_placeholder_unknown'],
  },
})
