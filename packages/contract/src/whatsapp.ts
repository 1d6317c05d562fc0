import { type Static, Type } from 'typebox'
import { Exact, Nullable, Text } from './common.ts'
import { routeTable } from './route.ts'

const Template = Exact({
  /** By which the provider knows the text once Meta has approved it. */
  contentSid: Nullable(Type.String({ pattern: '^HX[0-9a-f]{32}$' })),
  /** The words as they were filed, with placeholders in braces where its variables stand. */
  body: Text(1024, 1),
})

const settings = {
  /** The clinic's number at WhatsApp, E.164; null: nothing goes by WhatsApp. */
  sender: Nullable(Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' })),
  /** By language; where there is none that is approved, reminders in it go by the next way of their rule. */
  templates: Exact({ he: Nullable(Template), ar: Nullable(Template), ru: Nullable(Template), en: Nullable(Template) }),
  version: Type.Integer({ minimum: 0 }),
}

export const WhatsappSettings = Exact({
  ...settings,
  /** Words to begin with, where nothing was filed yet. */
  proposals: Exact({ he: Type.String(), ar: Type.String(), ru: Type.String(), en: Type.String() }),
  /** The words that may stand in braces, without the braces. */
  placeholders: Type.Array(Type.String()),
  /** What the links of this installation begin with: it stands in the approved text, and what comes after it is the variable. */
  linkPrefix: Type.String(),
})
export type WhatsappSettings = Static<typeof WhatsappSettings>

export const whatsappRoutes = routeTable({
  'GET /whatsapp-settings': {
    permission: 'settings.read',
    audit: 'none',
    summary: 'From which number reminders go by WhatsApp, and which approved texts they fill in.',
    status: 200,
    response: WhatsappSettings,
  },
  'PUT /whatsapp-settings': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Change them, all at once. `version` is that of what it replaces, 0 where nothing was set yet. What waits already leaves as it was written.',
    body: Exact(settings),
    status: 200,
    response: WhatsappSettings,
    problems: ['stale_version', 'whatsapp_sender_taken', 'template_placeholder_unknown', 'template_word_clinical', 'template_word_promotion', 'whatsapp_text_edge', 'whatsapp_text_crowded'],
  },
})
