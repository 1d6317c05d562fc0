import { wakeLinks } from '@yoman/db/payment-links/links'
import type { Tx } from '@yoman/db/database'
import { atOnce } from '../allocation-numbers/at-once.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'

/** The worker looks after a link, or after those of a document that can still bring money: something became of it or of what it pays. */
export async function wakeLinksOf(tx: Tx, ctx: Context, where: { id: string } | { invoiceId: string }): Promise<void> {
  const ids = await wakeLinks(tx, where, atOnce)
  await recordEvents(tx, ctx, ids.map((id) => ({ name: 'payment_link.wanted' as const, subject: { type: 'payment_link' as const, id } })))
}
