import type { WhatsappSettings, whatsappRoutes } from '@yoman/contract/whatsapp'
import type { WhatsappSetting } from '@yoman/db/messages/whatsapp'
import { placeholders } from '@yoman/domain/messages/template'
import { whatsappProposals } from '@yoman/messaging/texts/whatsapp'
import { setWhatsappSettings, whatsappSettings } from '@yoman/use-cases/messages/whatsapp-settings'
import { linkPrefixOf } from '@yoman/use-cases/visit-links/link'
import type { Handlers } from '../http/handler.ts'

const languages = ['he', 'ar', 'ru', 'en'] as const

export const whatsappHandlers = {
  'GET /whatsapp-settings': async (ctx) => present(await whatsappSettings(ctx), ctx.services.publicUrl),

  'PUT /whatsapp-settings': async (ctx, { body: { sender, templates, version } }) => {
    const typed = languages.flatMap((language) => (templates[language] ? [{ language, ...templates[language] }] : []))
    return present(await setWhatsappSettings(ctx, { sender, templates: typed, version }), ctx.services.publicUrl)
  },
} satisfies Handlers<keyof typeof whatsappRoutes>

function present({ sender, templates, version }: WhatsappSetting, publicUrl: string): WhatsappSettings {
  const of = (wanted: (typeof languages)[number]) => {
    const found = templates.find(({ language }) => language === wanted)
    return found ? { contentSid: found.contentSid, body: found.body } : null
  }
  return { sender, templates: { he: of('he'), ar: of('ar'), ru: of('ru'), en: of('en') }, version, proposals: whatsappProposals, placeholders: [...placeholders.reminder], linkPrefix: linkPrefixOf(publicUrl) }
}
