import { type Static, Type } from 'typebox'
import { conversationStatuses } from '@yoman/domain/conversations/conversation'
import { ById, Choice, Exact, InstantText, Line, Nullable, PageQuery, Text, Uuid, Version } from './common.ts'
import { messageChannels, messageKinds, messageStates } from './messages.ts'
import { routeTable } from './route.ts'

const Who = Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() })

/** What is said with one number, in both directions. */
export const Conversation = Exact({
  id: Uuid,
  /** E.164 */
  number: Type.String(),
  /** Null: nobody has said yet whose number it is. */
  patient: Nullable(Who),
  status: Choice(conversationStatuses),
  /** Messages that came since somebody looked. */
  unread: Type.Integer(),
  /** Who sees to it. */
  takenBy: Nullable(Exact({ staffId: Uuid, name: Type.String() })),
  /** Of the newest word, in either direction. */
  lastAt: InstantText,
  /** What they wrote last. */
  lastWords: Type.String(),
  /** They want no messages of us. */
  refused: Type.Boolean(),
  version: Version,
})
export type Conversation = Static<typeof Conversation>

/** One word of it. */
export const ConversationWords = Exact({
  id: Uuid,
  direction: Choice(['in', 'out']),
  channel: Choice(messageChannels),
  body: Type.String(),
  at: InstantText,
  patientId: Nullable(Uuid),
  appointmentId: Nullable(Uuid),
  /** Of theirs: what was made of it. */
  understoodAs: Nullable(Choice(['confirm', 'cancel', 'move', 'stop', 'start', 'unknown'])),
  /** Of ours. */
  kind: Nullable(Choice(messageKinds)),
  state: Nullable(Choice(messageStates)),
  /** Of ours that waits for a good hour: when it goes. */
  leavesAt: Nullable(InstantText),
  errorCode: Nullable(Type.String()),
})
export type ConversationWords = Static<typeof ConversationWords>

/** A conversation with its newest words, oldest first, and the visits to come of those who share its number. */
export const OpenConversation = Exact({
  conversation: Conversation,
  words: Type.Array(ConversationWords),
  visits: Type.Array(Exact({ id: Uuid, startsAt: InstantText, status: Type.String(), practitionerId: Uuid, patient: Who })),
})
export type OpenConversation = Static<typeof OpenConversation>

export const conversationRoutes = routeTable({
  'GET /conversations': {
    permission: 'message.read',
    audit: 'none', // the desk's own post; opening a patient's record is what leaves an event
    summary: 'Conversations by number, those with something unread first, then by the newest word.',
    query: Exact({ ...PageQuery, status: Type.Optional(Choice(conversationStatuses)), patientId: Type.Optional(Uuid) }),
    status: 200,
    response: Exact({ items: Type.Array(Conversation), next: Nullable(Type.String()), unread: Type.Integer() }),
  },
  'GET /conversations/:id': {
    permission: 'message.read',
    audit: 'none', // as above
    summary: 'One conversation and its newest hundred words.',
    params: ById,
    status: 200,
    response: OpenConversation,
  },
  'POST /conversations/:id/reading': {
    permission: 'message.read',
    audit: 'write',
    summary: 'What came in has been seen.',
    params: ById,
    status: 200,
    response: Conversation,
  },
  'PATCH /conversations/:id': {
    permission: 'message.send',
    audit: 'write',
    summary: 'Take it or give it back, close it or open it again, say whose number it is.',
    params: ById,
    body: Exact({ version: Version, status: Type.Optional(Choice(conversationStatuses)), mine: Type.Optional(Type.Boolean()), patientId: Type.Optional(Uuid) }),
    status: 200,
    response: Conversation,
    problems: ['stale_version', 'reference_unknown'],
  },
  'POST /conversations/:id/replies': {
    permission: 'message.send',
    audit: 'write',
    summary: 'Answer by SMS, from the number that they wrote to. The same id again answers the same.',
    params: ById,
    body: Exact({ id: Uuid, body: Text(1000, 1) }),
    status: 201,
    response: OpenConversation,
    problems: ['conversation_patient_missing', 'no_consent', 'nothing_to_send_to', 'template_too_long', 'id_taken'],
  },
  'GET /quick-texts': { permission: 'message.read', audit: 'none', summary: 'Answers that the desk gives often.', status: 200, response: Exact({ items: Type.Array(Type.String()), version: Type.Integer({ minimum: 0 }) }) },
  'PUT /quick-texts': {
    permission: 'message.send',
    audit: 'write',
    summary: 'Change them all. `version` is that of what it replaces.',
    body: Exact({ items: Type.Array(Line(300, 1), { maxItems: 30 }), version: Type.Integer({ minimum: 0 }) }),
    status: 200,
    response: Exact({ items: Type.Array(Type.String()), version: Type.Integer({ minimum: 0 }) }),
    problems: ['stale_version', 'template_word_answer'],
  },
})
