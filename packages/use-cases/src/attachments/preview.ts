import { v4 as randomId } from 'uuid'
import { findAttachment, settlePreview } from '@yoman/db/attachments/queries'
import { sealedLength } from '@yoman/db/keys/chunks'
import type { FileStore } from '@yoman/domain/attachments/file-store'
import { isPicture } from '@yoman/domain/attachments/media-type'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import { contentPlace, previewPlace } from './view.ts'

/** Makes a small picture of a file; null where the file cannot be drawn. */
export type Draw = (bytes: Buffer) => Promise<Buffer | null>

/** Gives an attachment its small picture, or says that it has none. Does it once, however often it is asked. */
export async function makePreview(ctx: Context & { files: FileStore }, id: string, draw: Draw): Promise<'made' | 'none' | 'settled'> {
  const row = await read(ctx, (db) => findAttachment(db, id))
  if (!row || row.preview_state !== 'waiting') return 'settled'
  const sealer = await read(ctx, (db) => ctx.vault.sealerOf(db, ctx.clinicId))
  const drawn = isPicture(row.media_type) ? await draw(await whole(sealer.openBytes(contentPlace(id), await ctx.files.get(row.storage_key)), row.byte_size)) : null
  const key = drawn && `${ctx.clinicId}/${randomId()}`
  if (drawn && key) await ctx.files.put(key, sealer.sealBytes(previewPlace(id), [drawn]), sealedLength(drawn.length))
  const settled = await transact(ctx, async (tx) => {
    if (!(await settlePreview(tx, id, key))) return false
    await recordEvents(tx, ctx, [{ name: 'attachment.previewed', subject: { type: 'attachment', id }, patientId: row.patient_id }])
    return true
  })
  // Another worker was faster. Where the answer of the commit was lost, the sweep decides later.
  if (!settled && key) await ctx.files.remove(key)
  return settled ? (key ? 'made' : 'none') : 'settled'
}

async function whole(pieces: AsyncIterable<Uint8Array>, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  let at = 0
  for await (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes.subarray(0, at)
}
