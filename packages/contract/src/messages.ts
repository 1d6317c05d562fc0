import { type Static, Type } from 'typebox'
import { ById, Choice, Exact, InstantText, Nullable, Page, PageQuery, Uuid } from './common.ts'
import { routeTable } from './route.ts'

/** Kinds whose words are a template. */
export const templateKinds = ['reminder', 'booked', 'moved', 'cancelled', 'invoice', 'offer', 'series_changed', 'series_cancelled', 'form', 'debt', 'statement'] as const
/** Besides those: what somebody of the desk wrote by hand. */
export const messageKinds = [...templateKinds, 'payment_link', 'reply'] as const
/** Ways of a text that the clinic writes itself. */
export const textChannels = ['sms', 'email'] as const
export const messageChannels = [...textChannels, 'whatsapp', 'voice'] as const
export const messageStates = ['queued', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'skipped'] as const

const Who = Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() })

/** One try to reach a patient, as the desk sees it. */
export const Message = Exact({
  id: Uuid,
  kind: Choice(messageKinds),
  channel: Choice(messageChannels),
  state: Choice(messageStates),
  patient: Who,
  appointment: Nullable(Exact({ id: Uuid, branchId: Uuid, startsAt: InstantText, status: Type.String() })),
  invoiceId: Nullable(Uuid),
  language: Choice(['he', 'ar', 'ru', 'en']),
  toAddress: Type.String(),
  subject: Type.String(),
  body: Type.String(),
  /** How often a provider was asked to carry it. */
  attempt: Type.Integer(),
  /** Not handed to the provider before this moment. */
  notBefore: InstantText,
  createdAt: InstantText,
  sentAt: Nullable(InstantText),
  settledAt: Nullable(InstantText),
  /** Why it failed or was skipped: the provider's code, or a word of ours such as `moved` or `no_consent`. */
  errorCode: Nullable(Type.String()),
})
export type Message = Static<typeof Message>

/** What a patient answered, and what was made of it. */
export const InboundMessage = Exact({
  id: Uuid,
  fromNumber: Type.String(),
  body: Type.String(),
  patient: Nullable(Who),
  appointmentId: Nullable(Uuid),
  understoodAs: Choice(['confirm', 'cancel', 'move', 'stop', 'start', 'unknown']),
  receivedAt: InstantText,
})
export type InboundMessage = Static<typeof InboundMessage>

const span = { from: Type.Optional(InstantText), to: Type.Optional(InstantText) }

export const messageRoutes = routeTable({
  'GET /messages': {
    permission: 'message.read',
    audit: 'none', // what the desk itself sends; opening a patient's record is what leaves an event
    summary: 'Messages, newest first; made in [from, to), of a patient, in some of the states.',
    query: Exact({
      ...PageQuery,
      ...span,
      patientId: Type.Optional(Uuid),
      branchId: Type.Optional(Uuid),
      /** Several states with commas between them, for example `failed,unknown`. */
      states: Type.Optional(Type.String({ pattern: `^(${messageStates.join('|')})(,(${messageStates.join('|')}))*$`, maxLength: 80 })),
    }),
    status: 200,
    response: Page(Message),
  },
  'POST /messages/:id/resends': {
    permission: 'message.send',
    audit: 'write',
    summary: 'Say it again, by a new message of the given id, to where the patient can be reached now; only of one that reached nobody, while it still makes sense.',
    params: ById,
    body: Exact({ id: Uuid }),
    status: 201,
    response: Message,
    problems: ['message_not_settled', 'nothing_to_send_to', 'no_consent', 'message_too_late', 'id_taken'],
  },
  'GET /inbound-messages': {
    permission: 'message.read',
    audit: 'none', // as above
    summary: 'Replies of patients, newest first.',
    query: Exact({ ...PageQuery, ...span }),
    status: 200,
    response: Page(InboundMessage),
  },
})
