import { type Static, Type } from 'typebox'
import { ById, Choice, Exact, InstantText, Line, Nullable, Page, PageQuery, Text, TimeText, Uuid, Version } from './common.ts'
import { messageChannels, templateKinds, textChannels } from './messages.ts'
import { routeTable } from './route.ts'

const languages = ['he', 'ar', 'ru', 'en'] as const

export const ReminderRule = Exact({
  id: Uuid,
  /** Null holds for every branch. */
  branchId: Nullable(Uuid),
  daysBefore: Type.Integer(),
  atTime: TimeText,
  /** The way to begin with. */
  channel: Choice(messageChannels),
  /** The ways to go on with, in order, where the one before is not possible or is known to have failed. */
  fallbackChannels: Type.Array(Choice(messageChannels)),
  /** Empty holds for every kind of visit that has no rule of its own. */
  visitTypeIds: Type.Array(Uuid),
  active: Type.Boolean(),
  version: Version,
})
export type ReminderRule = Static<typeof ReminderRule>

export const ruleFields = {
  branchId: Nullable(Uuid),
  daysBefore: Type.Integer({ minimum: 0, maximum: 60 }),
  atTime: TimeText,
  channel: Choice(messageChannels),
  /** Left out: none of a new rule, as they are of one that changes. */
  fallbackChannels: Type.Optional(Type.Array(Choice(messageChannels), { maxItems: 2, uniqueItems: true })),
  visitTypeIds: Type.Optional(Type.Array(Uuid, { maxItems: 200, uniqueItems: true })),
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
  kind: Choice(templateKinds),
  channel: Choice(textChannels),
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

/** A text as it once stood. */
export const TemplateVersion = Exact({
  version: Version,
  subject: Type.String(),
  body: Type.String(),
  /** Null where nobody signed in wrote it. */
  writtenBy: Nullable(Type.String()),
  writtenAt: InstantText,
})
export type TemplateVersion = Static<typeof TemplateVersion>

const SmsLength = Exact({ characters: Type.Integer(), parts: Type.Integer(), encoding: Choice(['GSM-7', 'UCS-2']) })

const TemplateKey = Exact({ kind: Choice(templateKinds), channel: Choice(textChannels), language: Choice(languages) })
const words = { subject: Line(150), body: Text(2000, 1) }

export const ReminderWish = Exact({
  /** `usual`: as the clinic does it; `email`: by e-mail alone; `none`: nothing before a visit. */
  reminders: Choice(['usual', 'email', 'none']),
  /** One more, earlier than the clinic's. */
  extra: Nullable(Exact({ daysBefore: Type.Integer({ minimum: 1, maximum: 60 }), atTime: TimeText })),
  /** Who wrote it down and when; null where the patient asked for nothing. */
  writtenBy: Nullable(Type.String()),
  writtenAt: Nullable(InstantText),
  version: Type.Integer({ minimum: 0 }),
})
export type ReminderWish = Static<typeof ReminderWish>

export const ReminderSettings = Exact({
  /** So many minutes a notice of a change waits before it leaves. */
  graceMinutes: Type.Integer({ minimum: 0, maximum: 15 }),
  /** Of one SMS part, in thousandths of a shekel; null where the clinic did not say. */
  smsPartPrice: Nullable(Type.Integer({ minimum: 0, maximum: 10_000 })),
  version: Type.Integer({ minimum: 0 }),
})

export const reminderRoutes = routeTable({
  'GET /patients/:id/reminder-wish': {
    permission: 'patient.read',
    audit: 'read',
    summary: 'What a patient asked for about reminders, and who wrote it down.',
    params: ById,
    status: 200,
    response: ReminderWish,
  },
  'PUT /patients/:id/reminder-wish': {
    permission: 'patient.write',
    audit: 'write',
    summary: 'Write down what a patient asked for; the visits to come follow within a minute. `version` is that of what it replaces, 0 for none.',
    params: ById,
    body: Exact({ version: Type.Integer({ minimum: 0 }), reminders: Choice(['usual', 'email', 'none']), extra: Nullable(Exact({ daysBefore: Type.Integer({ minimum: 1, maximum: 60 }), atTime: TimeText })) }),
    status: 200,
    response: ReminderWish,
    problems: ['stale_version', 'reminder_wish_contradicts'],
  },
  'GET /reminder-settings': {
    permission: 'settings.read',
    audit: 'none',
    summary: 'How long a notice of a change waits, and what an SMS costs.',
    status: 200,
    response: ReminderSettings,
  },
  'PUT /reminder-settings': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Change them. `version` is that of what it replaces, 0 where nothing was set yet.',
    body: ReminderSettings,
    status: 200,
    response: ReminderSettings,
    problems: ['stale_version'],
  },
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
    problems: ['stale_version', 'template_placeholder_unknown', 'template_link_missing', 'template_too_long', 'template_word_clinical', 'template_word_promotion', 'template_word_answer'],
  },
  'GET /message-templates/:kind/:channel/:language/versions': {
    permission: 'settings.read',
    audit: 'none',
    summary: 'Every version that the clinic wrote of a text, newest first, and the text that comes with the product. Writing an earlier one anew restores it as a version of its own.',
    params: TemplateKey,
    status: 200,
    response: Exact({ items: Type.Array(TemplateVersion), shipped: Exact({ subject: Type.String(), body: Type.String() }) }),
  },
  'POST /message-template-previews': {
    permission: 'settings.read',
    audit: 'none', // an invented patient, and names without anything of a record
    summary: 'How a text would look to an invented patient, how many SMS parts it costs, and how many with the longest names that the clinic has.',
    body: Exact({ kind: Choice(templateKinds), channel: Choice(textChannels), language: Choice(languages), ...words }),
    status: 200,
    response: Exact({
      subject: Type.String(),
      body: Type.String(),
      /** Null for e-mail. */
      sms: Nullable(SmsLength),
      /** With the longest real names that the text uses; null for e-mail, and for who may not read of patients. */
      worst: Nullable(
        Exact({
          body: Type.String(),
          sms: SmsLength,
          /** What makes it longer than usual, or costlier by its letters; empty where it costs no more parts. */
          because: Type.Array(Exact({ placeholder: Type.String(), value: Type.String() })),
        }),
      ),
    }),
    problems: ['template_placeholder_unknown', 'template_link_missing', 'template_too_long', 'template_word_clinical', 'template_word_promotion', 'template_word_answer'],
  },
})
