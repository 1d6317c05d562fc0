import { type Static, Type } from 'typebox'
import { attachmentKinds } from '@yoman/domain/attachments/kind'
import { mediaTypes } from '@yoman/domain/attachments/media-type'
import { ById, Choice, DateText, Exact, InstantText, Line, Nullable, Uuid, Version } from './common.ts'
import { file, routeTable } from './route.ts'

const Person = Exact({ staffId: Uuid, name: Type.String() })
const Kind = Choice(attachmentKinds)
const Tooth = Type.String({ pattern: '^[1-8][1-8]$', description: 'ISO 3950' })

/** A picture or document of a patient's record. */
export const Attachment = Exact({
  id: Uuid,
  patientId: Uuid,
  kind: Kind,
  takenOn: DateText,
  filedAt: InstantText,
  filedBy: Person,
  withdrawn: Nullable(Exact({ at: InstantText, by: Person, reason: Type.String() })),
  /** Whether the reader may correct or withdraw it. */
  mayCorrect: Type.Boolean(),
  version: Version,
  /** What it is called and what it is; null for whoever may not open this kind. */
  content: Nullable(
    Exact({
      title: Type.String(),
      teeth: Type.Array(Type.String()),
      appointmentId: Nullable(Uuid),
      mediaType: Choice(mediaTypes),
      bytes: Type.Integer(),
      width: Nullable(Type.Integer()),
      height: Nullable(Type.Integer()),
      /** The small picture: being made, there, or never to be had. */
      preview: Choice(['waiting', 'made', 'none']),
    }),
  ),
})
export type Attachment = Static<typeof Attachment>

const detailProblems = ['stale_version', 'attachment_withdrawn', 'reference_unknown', 'tooth_unknown', 'attachment_date_in_future'] as const

export const attachmentRoutes = routeTable({
  'GET /patients/:id/attachments': {
    permission: 'attachment.read',
    audit: 'read',
    summary: "A patient's documents and pictures, newest first, withdrawn ones too; what they show only to whoever may open their kind.",
    params: ById,
    status: 200,
    response: Exact({ items: Type.Array(Attachment), mostBytes: Type.Integer({ description: 'of one file' }), left: Type.Integer({ description: 'how many may still be filed' }) }),
  },
  'POST /attachments': {
    permission: 'attachment.file',
    audit: 'write',
    summary: 'File a document or picture (multipart/form-data, one part): JPEG, PNG, WebP, HEIC, PDF or DICOM, known by its content. Where it was made is taken out of it. Its title begins as the file’s name.',
    query: Exact({ id: Uuid, patientId: Uuid, kind: Kind, takenOn: DateText, appointmentId: Type.Optional(Uuid) }),
    bodyLimit: 201 * 1024 * 1024, // the most that ATTACHMENT_MAX_MB allows, and the form around it
    status: 201,
    response: Attachment,
    problems: ['file_unreadable', 'file_empty', 'file_too_large', 'attachment_type_unknown', 'attachment_torn', 'picture_too_large', 'attachment_limit_reached', 'attachment_date_in_future', 'reference_unknown', 'id_taken', 'storage_full'],
  },
  'PATCH /attachments/:id': {
    permission: 'attachment.file',
    audit: 'write',
    summary: 'Correct what is said of it. Whoever may not open its kind corrects only what they filed themselves.',
    params: ById,
    body: Exact({
      version: Version,
      kind: Type.Optional(Kind),
      title: Type.Optional(Line(200)),
      takenOn: Type.Optional(DateText),
      teeth: Type.Optional(Type.Array(Tooth, { maxItems: 52 })),
      appointmentId: Type.Optional(Nullable(Uuid)),
    }),
    status: 200,
    response: Attachment,
    problems: detailProblems,
  },
  'GET /attachments/:id/content': {
    permission: 'attachment.read',
    audit: 'read',
    summary: 'The file itself, as its own media type. Never to be shown as a page.',
    params: ById,
    status: 200,
    response: file('application/octet-stream'),
    problems: ['attachment_damaged'],
  },
  'GET /attachments/:id/preview': {
    permission: 'attachment.read',
    audit: 'none', // the list beside it has left its event
    summary: 'The small picture of it (WebP, at most 400 pixels a side).',
    params: ById,
    status: 200,
    response: file('image/webp'),
    problems: ['attachment_damaged'],
  },
  'POST /attachments/:id/withdrawal': {
    permission: 'attachment.file',
    audit: 'write',
    summary: 'Take it out of view, with the reason. Nothing is deleted.',
    params: ById,
    body: Exact({ version: Version, reason: Line(500) }),
    status: 200,
    response: Attachment,
    problems: ['stale_version', 'attachment_withdrawn', 'withdrawal_needs_reason'],
  },
  'POST /attachments/:id/restoration': {
    permission: 'attachment.file',
    audit: 'write',
    summary: 'Put it back where it was.',
    params: ById,
    body: Exact({ version: Version }),
    status: 200,
    response: Attachment,
    problems: ['stale_version'],
  },
})
