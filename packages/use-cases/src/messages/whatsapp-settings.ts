import { type WhatsappSetting, findWhatsappSetting, saveWhatsappSetting } from '@yoman/db/messages/whatsapp'
import { allow } from '@yoman/domain/access'
import { requireFitForWhatsapp } from '@yoman/domain/messages/whatsapp'
import { Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

export function whatsappSettings(ctx: Context): Promise<WhatsappSetting> {
  allow(ctx.actor, 'settings.read')
  return read(ctx, findWhatsappSetting)
}

/**
 * From whom reminders go by WhatsApp, and by which approved texts; those that wait already leave as they were written. Throws `stale_version`, `whatsapp_sender_taken`
 * and what `requireFitForWhatsapp` throws.
 */
export function setWhatsappSettings(ctx: Context, wanted: WhatsappSetting): Promise<WhatsappSetting> {
  allow(ctx.actor, 'settings.write')
  for (const { body } of wanted.templates) requireFitForWhatsapp(body)
  return transact(ctx, async (tx) => {
    if (!(await saveWhatsappSetting(tx, ctx.clinicId, wanted))) throw new Refusal('stale_version', { current: (await findWhatsappSetting(tx)).version })
    await recordEvents(tx, ctx, [{ name: 'clinic.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { fields: ['whatsapp'] } }])
    return findWhatsappSetting(tx)
  })
}
