import { type AttachmentRow, countAttachments, findAttachment, listAttachments, patientExists } from '@yoman/db/attachments/queries'
import { SealBroken } from '@yoman/db/keys/chunks'
import type { Place } from '@yoman/db/keys/vault'
import { allow } from '@yoman/domain/access'
import { mayOpen } from '@yoman/domain/attachments/kind'
import { endingOf, type MediaType } from '@yoman/domain/attachments/media-type'
import { Forbidden, NotFound, Refusal } from '@yoman/domain/refusal'
import { read } from '../transact.ts'
import type { FilingContext } from './context.ts'
import { attachmentTitlePlace, attachmentView, contentPlace, previewPlace } from './view.ts'

/** A patient's attachments, newest first, with what may still be filed. The caller records the reading. */
export async function patientAttachments(ctx: FilingContext, patientId: string) {
  allow(ctx.actor, 'attachment.read')
  const { mostBytes, perPatient } = ctx.attachmentLimits
  return read(ctx, async (db) => {
    const [sealer, there, rows, count] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), patientExists(db, patientId), listAttachments(db, { patientId, limit: perPatient }), countAttachments(db, patientId)])
    if (!there) throw new NotFound('patient')
    return { items: rows.map((row) => attachmentView(ctx.actor, sealer, row)), mostBytes, left: Math.max(0, perPatient - count) }
  })
}

export interface OpenedFile {
  patientId: string
  /** With its ending. */
  name: string
  mediaType: MediaType | 'image/webp'
  length: number | null
  body: AsyncIterable<Uint8Array>
}

/** The file as it was filed. Throws `attachment_damaged` where its bytes are gone or are not those that were sealed. */
export async function openAttachment(ctx: FilingContext, id: string): Promise<OpenedFile> {
  const { row, title } = await loadOpenable(ctx, id)
  const body = await openBytes(ctx, row.storage_key, contentPlace(id))
  return { patientId: row.patient_id, name: `${title || row.kind}.${endingOf[row.media_type]}`, mediaType: row.media_type, length: row.byte_size, body }
}

/** The small picture of an attachment. Throws `NotFound` where there is none (yet), `attachment_damaged`. */
export async function openPreview(ctx: FilingContext, id: string): Promise<OpenedFile> {
  const { row } = await loadOpenable(ctx, id)
  if (row.preview_key === null) throw new NotFound('preview')
  return { patientId: row.patient_id, name: `${id}.webp`, mediaType: 'image/webp', length: null, body: await openBytes(ctx, row.preview_key, previewPlace(id)) }
}

async function loadOpenable(ctx: FilingContext, id: string): Promise<{ row: AttachmentRow; title: string }> {
  allow(ctx.actor, 'attachment.read')
  return read(ctx, async (db) => {
    const [sealer, row] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), findAttachment(db, id)])
    if (!row) throw new NotFound('attachment')
    if (!mayOpen(ctx.actor, row.kind)) throw new Forbidden('attachment.open_clinical')
    return { row, title: sealer.open(attachmentTitlePlace(id), row.title_sealed) }
  })
}

/** The first piece is opened before anything is answered, so that a damaged file is mostly told in a sentence and not by a broken line. */
async function openBytes(ctx: FilingContext, key: string, place: Place): Promise<AsyncIterable<Uint8Array>> {
  const sealer = await read(ctx, (db) => ctx.vault.sealerOf(db, ctx.clinicId))
  const pieces = sealer.openBytes(place, await ctx.files.get(key))
  try {
    const first = await pieces.next()
    return first.done ? pieces : chained(first.value, pieces)
  } catch (error) {
    throw error instanceof SealBroken ? new Refusal('attachment_damaged') : error
  }
}

async function* chained(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  yield* rest
}
