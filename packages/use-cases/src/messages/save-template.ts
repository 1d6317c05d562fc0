import { findSender, findTemplate } from '@yoman/db/messages/visit-facts'
import { type LongestNames, longestNames } from '@yoman/db/messages/longest-names'
import { type TemplateKey, insertTemplateVersion, listTemplates, listTemplateVersions, saveTemplateOver } from '@yoman/db/messages/templates'
import { allow, may } from '@yoman/domain/access'
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

/** The versions of one text, newest first. */
export function templateVersions(ctx: Context, key: TemplateKey) {
  allow(ctx.actor, 'settings.read')
  return read(ctx, (db) => listTemplateVersions(db, key))
}

/** The clinic's longest real names, for what a text costs at most; null for whoever may not read of patients. */
export async function namesForTexts(ctx: Context, language: TemplateKey['language']): Promise<LongestNames | null> {
  allow(ctx.actor, 'settings.read')
  return may(ctx.actor, 'patient.read') ? read(ctx, (db) => longestNames(db, language)) : null
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
    await insertTemplateVersion(tx, { clinic_id: ctx.clinicId, ...key, version: version + 1, ...text, written_by: ctx.actor.staffId, written_at: ctx.now })
    await recordEvents(tx, ctx, [{ name: 'template.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { ...key } }])
  })
}
