import { findSender, findTemplate } from '@yoman/db/messages/visit-facts'
import { type TemplateKey, listTemplates, saveTemplateOver } from '@yoman/db/messages/templates'
import { allow } from '@yoman/domain/access'
import { requireKnownPlaceholders, requireLink } from '@yoman/domain/messages/template'
import { Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

/** The clinic's own texts, and the names that a preview shows. */
export function ownTemplates(ctx: Context) {
  allow(ctx.actor, 'settings.read')
  return read(ctx, async (db) => {
    const [own, sender] = await Promise.all([listTemplates(db), findSender(db)])
    return { own, sender }
  })
}

/** Writes a text of the clinic's own; visits are told of with it from now on. Refuses `template_placeholder_unknown`, `template_link_missing`, `stale_version`. */
export async function saveTemplate(ctx: Context, key: TemplateKey, version: number, text: { subject: string; body: string }): Promise<void> {
  allow(ctx.actor, 'settings.write')
  requireKnownPlaceholders(key.kind, text.subject)
  requireKnownPlaceholders(key.kind, text.body)
  requireLink(key.kind, text.body)
  await transact(ctx, async (tx) => {
    if (!(await saveTemplateOver(tx, ctx.clinicId, key, version, text))) {
      const current = await findTemplate(tx, key.kind, key.channel, key.language)
      throw new Refusal('stale_version', { current: current?.version ?? 0 })
    }
    await recordEvents(tx, ctx, [{ name: 'template.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { ...key } }])
  })
}
