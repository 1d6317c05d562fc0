import { type Static, Type } from 'typebox'
import { ById, Choice, Exact, InstantText, Line, Nullable, Page, PageQuery, Text, TimeText, Uuid, Version } from './common.ts'
import { messageChannels, messageKinds } from './messages.ts'
import { routeTable } from './route.ts'

const languages = ['he', 'ar', 'ru', 'en'] as const

export const ReminderRule = Exact({
  id: Uuid,
  /** Null holds for every branch. */
  branchId: Nullable(Uuid),
  daysBefore: Type.Integer(),
  atTime: TimeText,
  channel: Choice(messageChannels),
  active: Type.Boolean(),
  version: Version,
})
export type ReminderRule = Static<typeof ReminderRule>

const ruleFields = {
  branchId: Nullable(Uuid),
  daysBefore: Type.Integer({ minimum: 0, maximum: 60 }),
  atTime: TimeText,
  channel: Choice(messageChannels),
  active: Type.Boolean(),
}

/** When the clinic's messages may leave, on each branch's wall clock. */
export const SendingHours = Exact({ quietFrom: TimeText, quietTo: TimeText, eveCutoff: TimeText, sabbathPolicy: Choice(['back', 'forward']) })

/** What is planned to be said before a visit, or why it will not be. */
export const Reminder = Exact({
  id: Uuid,
  appointmentId: Uuid,
  patientId: Uuid,
  ruleId: Uuid,
  channel: Choice(messageChannels),
  dueAt: InstantText,
  state: Choice(['planned', 'queued', 'done', 'skipped']),
  skipReason: Nullable(Type.String()),
  startsAt: InstantText,
})
export type Reminder = Static<typeof Reminder>

export const Template = Exact({
  kind: Choice(messageKinds),
  channel: Choice(messageChannels),
  language: Choice(languages),
  subject: Type.String(),
  body: Type.String(),
  /** The words that may stand in braces, without the braces. */
  placeholders: Type.Array(Type.String()),
  /** False for the text we ship, which has version 0 until the clinic writes its own. */
  own: Type.Boolean(),
  version: Type.Integer({ minimum: 0 }),
})
export type Template = Static<typeof Template>

const TemplateKey = Exact({ kind: Choice(messageKinds), channel: Choice(messageChannels), language: Choice(languages) })
const words = { subject: Line(150), body: Text(2000, 1) }

export const reminderRoutes = routeTable({
  'GET /reminder-rules': {
    permission: 'settings.read',
    audit: 'none',
    summary: 'The rules by which reminders are planned, and the hours in which messages may leave.',
    status: 200,
    response: Exact({ items: Type.Array(ReminderRule), hours: SendingHours }),
  },
  'POST /reminder-rules': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'A new rule; the visits to come are planned by it within a minute.',
    body: Exact({ id: Uuid, ...ruleFields }),
    status: 201,
    response: ReminderRule,
    problems: ['rule_time_in_quiet_hours', 'reference_unknown', 'id_taken'],
  },
  'PUT /reminder-rules/:id': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Change a rule, or switch it off with `active`; the visits to come follow within a minute.',
    params: ById,
    body: Exact({ version: Version, ...ruleFields }),
    status: 200,
    response: ReminderRule,
    problems: ['stale_version', 'rule_time_in_quiet_hours', 'reference_unknown'],
  },
  'GET /reminders': {
    permission: 'message.read',
    audit: 'none', // times and ids, nothing of the record
    summary: 'Reminders by the time they are due, in [from, to).',
    query: Exact({ ...PageQuery, from: InstantText, to: InstantText, branchId: Type.Optional(Uuid) }),
    status: 200,
    response: Page(Reminder),
  },
  'GET /message-templates': {
    permission: 'settings.read',
    audit: 'none',
    summary: 'Every text that patients can get, in every language: the clinic\'s own, else ours.',
    status: 200,
    response: Exact({ items: Type.Array(Template) }),
  },
  'PUT /message-templates/:kind/:channel/:language': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Write the clinic\'s own text. `version` is that of the text it replaces, 0 for ours.',
    params: TemplateKey,
    body: Exact({ version: Type.Integer({ minimum: 0 }), ...words }),
    status: 200,
    response: Template,
    problems: ['stale_version', 'template_placeholder_unknown', 'template_link_missing', 'template_too_long'],
  },
  'POST /message-template-previews': {
    permission: 'settings.read',
    audit: 'none', // an invented patient
    summary: 'How a text would look to an invented patient, and how many SMS parts it costs.',
    body: Exact({ kind: Choice(messageKinds), channel: Choice(messageChannels), language: Choice(languages), ...words }),
    status: 200,
    response: Exact({
      subject: Type.String(),
      body: Type.String(),
      /** Null for e-mail. */
      sms: Nullable(Exact({ characters: Type.Integer(), parts: Type.Integer(), encoding: Choice(['GSM-7', 'UCS-2']) })),
    }),
    problems: ['template_placeholder_unknown'],
  },
})
