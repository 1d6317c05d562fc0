import { type Static, Type } from 'typebox'
import { mostNoteLetters } from '@yoman/domain/encounters/note'
import { Agorot, ById, Choice, DateText, Exact, InstantText, Line, Nothing, Nullable, Text, Uuid, Version } from './common.ts'
import { PriceBy } from './prices.ts'
import { routeTable } from './route.ts'
import { SurfacesText, ToothText } from './teeth.ts'

const noteBodyLimit = 256 * 1024 // four bytes a letter, and the JSON around it
const Body = (minLength = 0) => Type.String({ ...Text(noteBodyLimit, minLength), description: `Up to ${mostNoteLetters} characters; a longer one is refused with its length (note_too_long).` })

/** `left`: the window is open still, and shows something else. */
const presences = ['reading', 'writing', 'left'] as const

const VersionKind = Choice(['draft', 'aside', 'signed', 'amendment'])

export const Procedure = Exact({
  id: Uuid,
  priceItemId: Uuid,
  description: Type.String(),
  tooth: Nullable(Type.String()),
  surfaces: Type.String(),
  quantity: Type.Integer(),
  unitPriceAgorot: Agorot,
  priceBy: PriceBy,
  /** Off the whole line, as a part of it (null: as a sum), and why. */
  discountAgorot: Type.Integer({ minimum: 0 }),
  discountBasisPoints: Nullable(Type.Integer()),
  discountReason: Type.String(),
})

/** The note as it stands: the newest draft, or the signed text. */
const NoteNow = Exact({ seq: Type.Integer(), kind: Choice(['draft', 'signed']), body: Type.String(), authorId: Uuid, writtenAt: InstantText })
const Amendment = Exact({ seq: Type.Integer(), reason: Type.String(), body: Type.String(), authorId: Uuid, writtenAt: InstantText })

const head = {
  id: Uuid,
  patientId: Uuid,
  appointmentId: Nullable(Uuid),
  practitionerId: Uuid,
  branchId: Uuid,
  status: Choice(['draft', 'signed']),
  startedAt: InstantText,
  signedAt: Nullable(InstantText),
  signedBy: Nullable(Uuid),
  version: Version,
}

/** An encounter as the clinical roles read it, on the patient's page and in the room. */
export const EncounterSummary = Exact({ ...head, note: Nullable(NoteNow), amendments: Type.Array(Amendment), procedures: Type.Array(Procedure) })
export const Encounter = EncounterSummary
export type Encounter = Static<typeof Encounter>

/** One visit on the list in the doctor's room. */
export const RoomVisit = Exact({
  appointmentId: Uuid,
  branchId: Uuid,
  practitionerId: Uuid,
  visitTypeId: Uuid,
  startsAt: InstantText,
  endsAt: InstantText,
  status: Choice(['booked', 'confirmed', 'arrived', 'called', 'in_treatment', 'completed', 'cancelled', 'no_show']),
  arrivedAt: Nullable(InstantText),
  deskNote: Type.String(),
  version: Version,
  patient: Exact({
    id: Uuid,
    givenName: Type.String(),
    familyName: Type.String(),
    givenNameLatin: Type.String(),
    familyNameLatin: Type.String(),
    birthDate: Nullable(DateText),
    alerts: Nullable(Type.String()),
  }),
  firstVisit: Type.Boolean(),
  encounter: Nullable(Exact({ id: Uuid, status: Choice(['draft', 'signed']) })),
})
export type RoomVisit = Static<typeof RoomVisit>

export const encounterRoutes = routeTable({
  'GET /room-days': {
    permission: 'note.read',
    audit: 'none', // the day's list; opening a record is what leaves an event
    summary: "A practitioner's visits of one day; without a practitioner, the reader's own, or everyone's for an assistant.",
    query: Exact({ date: DateText, branchId: Type.Optional(Uuid), practitionerId: Type.Optional(Uuid) }),
    status: 200,
    response: Exact({ items: Type.Array(RoomVisit) }),
  },
  'POST /encounters': {
    permission: 'note.write',
    audit: 'write',
    summary: "Open the encounter of a visit; the visit's own where it already has one.",
    body: Exact({ id: Uuid, appointmentId: Uuid }),
    status: 201,
    response: Encounter,
    problems: ['id_taken', 'reference_unknown', 'appointment_is_final'],
  },
  'GET /encounters/:id': { permission: 'note.read', audit: 'read', summary: 'An encounter with its note, amendments and procedures.', params: ById, status: 200, response: Encounter },
  'PUT /encounters/:id/draft': {
    permission: 'note.write',
    audit: 'write',
    summary: 'Autosave: a new version on top of `baseSeq` (0 where there is none). Somebody else\'s newer one: 409 with its `current` seq, `authorId` and `writtenAt`.',
    params: ById,
    body: Exact({ baseSeq: Type.Integer({ minimum: 0 }), body: Body() }),
    bodyLimit: noteBodyLimit,
    status: 200,
    response: Exact({ seq: Type.Integer(), writtenAt: InstantText }),
    problems: ['stale_version', 'note_already_signed', 'note_too_long'],
  },
  'POST /encounters/:id/asides': {
    permission: 'note.write',
    audit: 'write',
    summary: 'Keep a text beside the note, as an earlier version: the one that was not chosen where two people wrote.',
    params: ById,
    body: Exact({ id: Uuid, body: Body(1) }),
    bodyLimit: noteBodyLimit,
    status: 201,
    response: Exact({ seq: Type.Integer() }),
    problems: ['note_already_signed', 'note_empty', 'note_too_long', 'id_taken'],
  },
  'GET /encounters/:id/versions': {
    permission: 'note.read',
    audit: 'read',
    summary: 'The earlier versions that are worth looking up, oldest first: the last words of each author, those before a pause, those before words were taken out.',
    params: ById,
    status: 200,
    response: Exact({ items: Type.Array(Exact({ seq: Type.Integer(), kind: VersionKind, authorId: Uuid, authorName: Type.String(), writtenAt: InstantText })) }),
  },
  'GET /encounters/:id/version': {
    permission: 'note.read',
    audit: 'read',
    summary: 'One version with its text.',
    params: ById,
    query: Exact({ seq: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }),
    status: 200,
    response: Exact({ seq: Type.Integer(), kind: VersionKind, body: Type.String(), authorId: Uuid, writtenAt: InstantText }),
  },
  'PUT /encounters/:id/presence': {
    permission: 'note.write',
    audit: 'none', // nothing is kept
    summary: 'Tell the open screens that this note is open here, and whether it is being written in. `line` is the live stream of the window, with which the presence ends; who `asks` is answered by the others.',
    params: ById,
    body: Exact({ tab: Uuid, line: Uuid, doing: Choice(presences), since: InstantText, seq: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }), asks: Type.Boolean() }),
    status: 204,
    response: Nothing,
  },
  'GET /draft-keys': {
    permission: 'note.write',
    audit: 'none', // of the person who asks, and of no patient
    summary: 'The keys (32 bytes, base64) under which my unsent notes are kept on a device, newest first. They are nobody else\'s.',
    status: 200,
    response: Exact({ items: Type.Array(Exact({ epoch: Type.Integer(), key: Type.String() })) }),
  },
  'PUT /encounters/:id/procedures': {
    permission: 'note.write',
    audit: 'write',
    summary: 'What was done, from the price list; replaces the list until the note is signed.',
    params: ById,
    body: Exact({
      version: Version,
      procedures: Type.Array(
        Exact({
          id: Uuid,
          priceItemId: Uuid,
          quantity: Type.Integer({ minimum: 1, maximum: 99 }),
          tooth: Type.Optional(Nullable(ToothText)),
          surfaces: Type.Optional(SurfacesText),
        }),
        { maxItems: 50 },
      ),
    }),
    status: 200,
    response: Encounter,
    problems: ['stale_version', 'note_already_signed', 'reference_unknown', 'tooth_unknown', 'surface_unknown', 'month_closed'],
  },
  'POST /encounters/:id/signature': {
    permission: 'note.write',
    audit: 'write',
    summary: 'Sign the draft that was read (`seq`); only who wrote it signs it.',
    params: ById,
    body: Exact({ seq: Type.Integer({ minimum: 1 }) }),
    status: 201,
    response: Encounter,
    problems: ['stale_version', 'note_already_signed', 'note_empty', 'not_the_author'],
  },
  'POST /encounters/:id/amendments': {
    permission: 'note.write',
    audit: 'write',
    summary: 'Add to a signed note, with the reason; what was signed stays as it is.',
    params: ById,
    body: Exact({ id: Uuid, reason: Line(500, 1), body: Body(1) }),
    bodyLimit: noteBodyLimit,
    status: 201,
    response: Encounter,
    problems: ['note_not_signed', 'note_empty', 'note_too_long', 'amendment_needs_reason', 'id_taken'],
  },
})
