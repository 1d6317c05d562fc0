import { createHash } from 'node:crypto'
import { v4 as randomId } from 'uuid'
import { type AttachmentRow, countAttachments, findAttachment, insertAttachment, listAttachments, patientExists, patientOfVisit } from '@yoman/db/attachments/queries'
import type { Db, Tx } from '@yoman/db/database'
import { sealedLength } from '@yoman/db/keys/chunks'
import { allow } from '@yoman/domain/access'
import { type AcceptedFile, acceptFile } from '@yoman/domain/attachments/accept'
import { checkDetails, titleOf } from '@yoman/domain/attachments/details'
import type { AttachmentKind } from '@yoman/domain/attachments/kind'
import { forgetLocation } from '@yoman/domain/attachments/location'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { PlainDate } from '@yoman/domain/time'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import type { FilingContext } from './context.ts'
import { attachmentTitlePlace, attachmentView, type AttachmentView, contentPlace } from './view.ts'

export interface NewAttachment {
  id: string
  patientId: string
  kind: AttachmentKind
  /** The day the picture was made or the paper written, on the branch's wall. */
  takenOn: PlainDate
  appointmentId: string | null
  fileName: string
  /** The whole file. Changed in place: where it was made is taken out. */
  bytes: Buffer
}

/**
 * Files what somebody sent: first the sealed bytes, until they are safe, then the row. A repeated request finds its own. Throws
 * what `acceptFile` and `checkDetails` throw, `reference_unknown`, `attachment_limit_reached`, `id_taken`, `storage_full`.
 */
export async function fileAttachment(ctx: FilingContext, given: NewAttachment): Promise<AttachmentView> {
  allow(ctx.actor, 'attachment.file')
  if (ctx.actor.staffId === null) throw new Error('an attachment has a person behind it')
  checkDetails({ teeth: [], takenOn: given.takenOn, today: ctx.now.toZonedDateTimeISO('UTC').toPlainDate() })
  const accepted = acceptFile(given.bytes, ctx.attachmentLimits.mostBytes)
  forgetLocation(accepted.mediaType, given.bytes)
  const hash = ctx.vault.blindIndex(ctx.clinicId, 'attachment', createHash('sha256').update(given.bytes).digest('hex'))
  const mine = await read(ctx, async (db) => {
    const known = await checkPlace(db, ctx, given, hash)
    return known && load(db, ctx, given.id)
  })
  if (mine) return mine
  const key = await keepBytes(ctx, given)
  try {
    return await transact(ctx, (tx) => writeRow(tx, ctx, given, { accepted, hash, key }))
  } catch (error) {
    // A refusal means that no row was written. After anything else (a connection lost in the commit) there may be one that needs
    // these bytes: they stay, and the sweep removes them once it is sure that nobody does.
    if (error instanceof Refusal) await ctx.files.remove(key)
    throw error
  }
}

/** Whether it is there already, as the same; else whether it may be. */
async function checkPlace(db: Db, ctx: FilingContext, { id, patientId, appointmentId }: NewAttachment, hash: Buffer): Promise<boolean> {
  const [known, patient, visit, count] = await Promise.all([findAttachment(db, id), patientExists(db, patientId), appointmentId ? patientOfVisit(db, appointmentId) : undefined, countAttachments(db, patientId)])
  if (known && !isSame(known, patientId, hash)) throw new Refusal('id_taken')
  if (known) return true
  if (!patient || (appointmentId !== null && visit?.patient_id !== patientId)) throw new Refusal('reference_unknown')
  if (count >= ctx.attachmentLimits.perPatient) throw new Refusal('attachment_limit_reached', { count: ctx.attachmentLimits.perPatient })
  return false
}

const isSame = (row: AttachmentRow, patientId: string, hash: Buffer): boolean => row.patient_id === patientId && row.content_hash.equals(hash)

async function keepBytes(ctx: FilingContext, { id, bytes }: NewAttachment): Promise<string> {
  const sealer = await read(ctx, (db) => ctx.vault.sealerOf(db, ctx.clinicId))
  // A key of its own for each try: two requests of the same id never write over each other.
  const key = `${ctx.clinicId}/${randomId()}`
  await ctx.files.put(key, sealer.sealBytes(contentPlace(id), [bytes]), sealedLength(bytes.length))
  return key
}

async function writeRow(tx: Tx, ctx: FilingContext, given: NewAttachment, { accepted, hash, key }: { accepted: AcceptedFile; hash: Buffer; key: string }): Promise<AttachmentView> {
  const { id, patientId, kind, takenOn, appointmentId, bytes } = given
  if (await checkPlace(tx, ctx, given, hash)) {
    // The same request was faster on another way; its bytes are kept, these are not needed.
    await ctx.files.remove(key)
    return load(tx, ctx, id)
  }
  const sealer = await ctx.vault.sealerOf(tx, ctx.clinicId)
  await insertAttachment(tx, {
    clinic_id: ctx.clinicId, id, patient_id: patientId, appointment_id: appointmentId, kind, taken_on: takenOn, teeth: [],
    title_sealed: sealer.seal(attachmentTitlePlace(id), titleOf(given.fileName)),
    media_type: accepted.mediaType, byte_size: bytes.length, width: accepted.size?.width ?? null, height: accepted.size?.height ?? null,
    content_hash: hash, storage_key: key, preview_key: null, filed_by: ctx.actor.staffId ?? '', filed_at: ctx.now, withdrawn_at: null, withdrawn_by: null,
  })
  await recordEvents(tx, ctx, [{ name: 'attachment.filed', subject: { type: 'attachment', id }, patientId, details: { kind, mediaType: accepted.mediaType, bytes: bytes.length } }])
  return load(tx, ctx, id)
}

/** One attachment as the actor may see it, inside a transaction that somebody else opened. */
export async function load(db: Db, ctx: Pick<FilingContext, 'actor' | 'vault' | 'clinicId'>, id: string): Promise<AttachmentView> {
  const [sealer, [row]] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), listAttachments(db, { id, limit: 1 })])
  if (!row) throw new NotFound('attachment')
  return attachmentView(ctx.actor, sealer, row)
}
