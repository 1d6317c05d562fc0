import { findQuickTexts, type QuickTexts, saveQuickTexts } from '@yoman/db/conversations/quick-texts'
import { allow } from '@yoman/domain/access'
import { requireNoStop } from '@yoman/domain/messages/lint-text'
import { Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

export function quickTexts(ctx: Context): Promise<QuickTexts> {
  allow(ctx.actor, 'message.read')
  return read(ctx, findQuickTexts)
}

/** Throws `stale_version`, `template_word_answer`. */
export function setQuickTexts(ctx: Context, wanted: QuickTexts): Promise<QuickTexts> {
  allow(ctx.actor, 'message.send')
  requireNoStop(wanted.items.join('\n'))
  return transact(ctx, async (tx) => {
    if (!(await saveQuickTexts(tx, wanted))) throw new Refusal('stale_version', { current: (await findQuickTexts(tx)).version })
    await recordEvents(tx, ctx, [{ name: 'conversation.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { fields: ['quickTexts'] } }])
    return findQuickTexts(tx)
  })
}
