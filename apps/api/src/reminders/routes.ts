import { textChannels, templateKinds } from '@yoman/contract/messages'
import type { ReminderRule, ReminderWish, Template, reminderRoutes } from '@yoman/contract/reminders'
import type { RuleRow } from '@yoman/db/reminders/lists'
import { placeholders } from '@yoman/domain/messages/template'
import type { PlainTime } from '@yoman/domain/time'
import { previewText } from '@yoman/messaging/preview'
import { ourText } from '@yoman/messaging/texts/ours'
import { worstCase } from '@yoman/messaging/worst-case'
import { namesForTexts, ownTemplates, saveTemplate, templateVersions } from '@yoman/use-cases/messages/save-template'
import { addRule, changeRule, pageOfReminders, reminderRules } from '@yoman/use-cases/reminders/rules'
import { reminderSettings, setReminderSettings } from '@yoman/use-cases/reminders/settings'
import { type KnownWish, reminderWish, wishReminders } from '@yoman/use-cases/reminders/wishes'
import { NotFound } from '@yoman/domain/refusal'
import type { Handlers, RequestContext } from '../http/handler.ts'

const languages = ['he', 'en', 'ar', 'ru'] as const

export const reminderHandlers = {
  'GET /reminder-rules': async (ctx) => {
    const { items, hours } = await reminderRules(ctx)
    return {
      items: items.map(presentRule),
      hours: { quietFrom: time(hours.quiet_from), quietTo: time(hours.quiet_to), eveCutoff: time(hours.eve_cutoff), sabbathPolicy: hours.sabbath_policy },
    }
  },

  'POST /reminder-rules': async (ctx, { body: { id, ...typed } }) => presentRule(await addRule(ctx, id, typed)),

  'PUT /reminder-rules/:id': async (ctx, { params, body: { version, ...typed } }) => presentRule(await changeRule(ctx, params.id, version, typed)),

  'GET /patients/:id/reminder-wish': async (ctx, { params }) => {
    const wish = presentWish(await reminderWish(ctx, params.id))
    ctx.reading({ name: 'patient.read', subject: { type: 'patient', id: params.id }, patientId: params.id, details: { part: 'reminder_wish' } })
    return wish
  },

  'PUT /patients/:id/reminder-wish': async (ctx, { params, body: { version, ...typed } }) => presentWish(await wishReminders(ctx, params.id, version, typed)),

  'GET /reminder-settings': (ctx) => reminderSettings(ctx),

  'PUT /reminder-settings': (ctx, { body }) => setReminderSettings(ctx, body),

  'GET /reminders': async (ctx, { query }) => {
    const { items, next } = await pageOfReminders(ctx, query)
    return {
      items: items.map((row) => ({
        id: row.id, appointmentId: row.appointment_id, patientId: row.patient_id ?? row.appointment_id, ruleId: row.rule_id, channel: row.channel,
        dueAt: row.due_at.toString(), state: row.state, skipReason: row.skip_reason, startsAt: row.appointment_starts_at.toString(),
      })),
      next,
    }
  },

  'GET /message-templates': async (ctx) => ({ items: await templates(ctx) }),

  'PUT /message-templates/:kind/:channel/:language': async (ctx, { params, body: { version, ...text } }) => {
    await preview(ctx, { ...params, ...text }) // refuses what would be too long or is not understood
    await saveTemplate(ctx, params, version, text)
    const saved = (await templates(ctx)).find((one) => one.kind === params.kind && one.channel === params.channel && one.language === params.language)
    if (!saved) throw new NotFound('template')
    return saved
  },

  'GET /message-templates/:kind/:channel/:language/versions': async (ctx, { params }) => {
    const shipped = ourText(params.kind, params.channel, params.language)
    if (shipped === null) throw new NotFound('template')
    const items = await templateVersions(ctx, params)
    return { items: items.map((one) => ({ ...one, writtenAt: one.writtenAt.toString() })), shipped }
  },

  'POST /message-template-previews': async (ctx, { body }) => {
    const [shown, sender, names] = [await preview(ctx, body), await senderOf(ctx), body.channel === 'sms' ? await namesForTexts(ctx, body.language) : null]
    return { ...shown, worst: names && worstCase(body, sender, names) }
  },
} satisfies Handlers<keyof typeof reminderRoutes>

/** Every text there can be: the clinic's own, else ours. */
async function templates(ctx: RequestContext): Promise<Template[]> {
  const { own } = await ownTemplates(ctx)
  const keys = templateKinds.flatMap((kind) => textChannels.flatMap((channel) => languages.map((language) => ({ kind, channel, language }))))
  return keys.flatMap((key) => {
    const written = own.find((one) => one.kind === key.kind && one.channel === key.channel && one.language === key.language)
    const text = written ?? ourText(key.kind, key.channel, key.language)
    return text ? [{ ...key, subject: text.subject, body: text.body, placeholders: [...placeholders[key.kind]], own: written !== undefined, version: written?.version ?? 0 }] : []
  })
}

async function preview(ctx: RequestContext, draft: Parameters<typeof previewText>[0]): Promise<ReturnType<typeof previewText>> {
  if (ourText(draft.kind, draft.channel, draft.language) === null) throw new NotFound('template') // an invoice does not travel by SMS
  return previewText(draft, await senderOf(ctx))
}

async function senderOf(ctx: RequestContext) {
  const { sender } = await ownTemplates(ctx)
  return { clinicName: sender.name, branchName: sender.branchName, phone: sender.phone }
}

const presentWish = (wish: KnownWish): ReminderWish => ({
  reminders: wish?.reminders ?? 'usual',
  extra: wish && wish.extra_days_before !== null && wish.extra_at_time !== null ? { daysBefore: wish.extra_days_before, atTime: time(wish.extra_at_time) } : null,
  writtenBy: wish?.by_name ?? null,
  writtenAt: wish?.written_at.toString() ?? null,
  version: wish?.version ?? 0,
})

const presentRule = (row: RuleRow): ReminderRule => ({
  id: row.id, branchId: row.branch_id, daysBefore: row.days_before, atTime: time(row.at_time), channel: row.channel, fallbackChannels: row.fallback_channels, visitTypeIds: row.visit_type_ids, active: row.active, version: row.version,
})

const time = (at: PlainTime): string => at.toString({ smallestUnit: 'minute' })
