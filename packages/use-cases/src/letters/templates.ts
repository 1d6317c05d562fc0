import { insertTemplate, type LetterTemplateRow, newestTemplate, newestTemplates } from '@yoman/db/letters/queries'
import { allow } from '@yoman/domain/access'
import { checkTemplate, letterKinds, type LetterKind } from '@yoman/domain/letters/letter'
import { type DocumentLanguage, documentLanguages } from '@yoman/domain/plans/shown'
import { Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import type { Shipped } from './letters.ts'

/** All texts of letters, the clinic's own where it has one. */
export function letterTemplates(ctx: Context, shipped: Shipped) {
  allow(ctx.actor, 'settings.read')
  return read(ctx, async (db) => {
    const own = await newestTemplates(db)
    return letterKinds.flatMap((kind) => documentLanguages.map((language) => templateView(kind, language, own.find((row) => row.kind === kind && row.language === language), shipped)))
  })
}

/** Writes a text as the next version; older ones are kept. Throws `stale_version`, `template_placeholder_unknown`. */
export function writeLetterTemplate(ctx: Context, kind: LetterKind, language: DocumentLanguage, { seq, title, body }: { seq: number; title: string; body: string }, shipped: Shipped) {
  allow(ctx.actor, 'settings.write')
  checkTemplate(title)
  checkTemplate(body)
  const writer = ctx.actor.staffId
  if (!writer) throw new Error('a text has a person behind it')
  return transact(ctx, async (tx) => {
    const current = (await newestTemplate(tx, kind, language))?.seq ?? 0
    if (current !== seq) throw new Refusal('stale_version', { current })
    await insertTemplate(tx, { clinic_id: ctx.clinicId, kind, language, seq: seq + 1, title: title.trim(), body, written_by: writer, written_at: ctx.now })
    await recordEvents(tx, ctx, [{ name: 'letter_template.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { kind, language, seq: seq + 1 } }])
    return templateView(kind, language, await newestTemplate(tx, kind, language), shipped)
  })
}

const templateView = (kind: LetterKind, language: DocumentLanguage, own: LetterTemplateRow | undefined, shipped: Shipped) => {
  const base = shipped(kind, language)
  return { kind, language, seq: own?.seq ?? 0, title: own?.title ?? base.title, body: own?.body ?? base.body, shipped: base, writtenAt: own?.written_at.toString() ?? null }
}
