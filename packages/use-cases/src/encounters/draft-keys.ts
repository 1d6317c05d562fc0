import { allow } from '@yoman/domain/access'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'

/**
 * The keys under which this person's unsent notes are kept on a device: nobody else is given them, so that on a shared computer
 * they stay unread by the next one. Newest first; the older ones open what was kept before the clinic's data key was renewed.
 */
export async function draftKeys(ctx: Context): Promise<{ epoch: number; key: string }[]> {
  allow(ctx.actor, 'note.write')
  const { staffId } = ctx.actor
  if (!staffId) throw new Error('drafts belong to a person')
  const sealer = await read(ctx, (db) => ctx.vault.sealerOf(db, ctx.clinicId))
  return sealer.keysFor(`note drafts of ${staffId}`).map(({ epoch, key }) => ({ epoch, key: key.toString('base64') }))
}
