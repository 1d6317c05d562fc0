import { messageChannels, messageKinds } from '@yoman/contract/messages'
import type { ReminderRule, Template, reminderRoutes } from '@yoman/contract/reminders'
import type { RuleRow } from '@yoman/db/reminders/lists'
import { placeholders } from '@yoman/domain/messages/template'
import type { PlainTime } from '@yoman/domain/time'
import { previewText } from '@yoman/messaging/preview'
import { ourText } from '@yoman/messaging/texts/ours'
import { ownTemplates, saveTemplate } from '@yoman/use-cases/messages/save-template'
import { addRule, changeRule, pageOfReminders, reminderRules } from '@yoman/use-cases/reminders/rules'
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

  'POST /message-template-previews': (ctx, { body }) => preview(ctx, body),
} satisfies Handlers<keyof typeof reminderRoutes>

/** Every text there can be: the clinic's own, else ours. */
async function templates(ctx: RequestContext): Promise<Template[]> {
  const { own } = await ownTemplates(ctx)
  const keys = messageKinds.flatMap((kind) => messageChannels.flatMap((channel) => languages.map((language) => ({ kind, channel, language }))))
  return keys.flatMap((key) => {
    const written = own.find((one) => one.kind === key.kind && one.channel === key.channel && one.language === key.language)
    const text = written ?? ourText(key.kind, key.channel, key.language)
    return text ? [{ ...key, subject: text.subject, body: text.body, placeholders: [...placeholders[key.kind]], own: written !== undefined, version: written?.version ?? 0 }] : []
  })
}

async function preview(ctx: RequestContext, draft: Parameters<typeof previewText>[0]): Promise<ReturnType<typeof previewText>> {
  if (ourText(draft.kind, draft.channel, draft.language) === null) throw new NotFound('template') // an invoice does not travel by SMS
  const { sender } = await ownTemplates(ctx)
  return previewText(draft, { clinicName: sender.name, branchName: sender.branchName, phone: sender.phone })
}

const presentRule = (row: RuleRow): ReminderRule => ({
  id: row.id, branchId: row.branch_id, daysBefore: row.days_before, atTime: time(row.at_time), channel: row.channel, active: row.active, version: row.version,
})

const time = (at: PlainTime): string => at.toString({ smallestUnit: 'minute' })
