import { type AttachmentRow, lockAttachment, patientOfVisit, updateAttachment } from '@yoman/db/attachments/queries'
import type { Tx } from '@yoman/db/database'
import { allow } from '@yoman/domain/access'
import { checkDetails } from '@yoman/domain/attachments/details'
import { type AttachmentKind, mayCorrect, mayReclassify } from '@yoman/domain/attachments/kind'
import type { EventName } from '@yoman/domain/events'
import { Forbidden, NotFound, Refusal } from '@yoman/domain/refusal'
import type { PlainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { load } from './file.ts'
import { attachmentTitlePlace, type AttachmentView } from './view.ts'

export interface AttachmentChange {
  version: number
  kind?: AttachmentKind | undefined
  title?: string | undefined
  takenOn?: PlainDate | undefined
  teeth?: readonly string[] | undefined
  /** Null takes the link away. */
  appointmentId?: string | null | undefined
}

/** Corrects what is said of an attachment. Throws `stale_version`, `attachment_withdrawn`, `reference_unknown`, what `checkDetails` throws. */
export function changeAttachment(ctx: Context, id: string, { version, ...change }: AttachmentChange): Promise<AttachmentView> {
  allow(ctx.actor, 'attachment.file')
  return transact(ctx, async (tx) => {
    const row = await lockCorrectable(tx, ctx, id, version)
    if (row.withdrawn_at) throw new Refusal('attachment_withdrawn')
    if (change.kind && !mayReclassify(ctx.actor, row.kind, change.kind)) throw new Forbidden('attachment.open_clinical')
    const teeth = checkDetails({ teeth: change.teeth ?? row.teeth, takenOn: change.takenOn ?? row.taken_on, today: ctx.now.toZonedDateTimeISO('UTC').toPlainDate() })
    if (change.appointmentId && (await patientOfVisit(tx, change.appointmentId))?.patient_id !== row.patient_id) throw new Refusal('reference_unknown')
    const sealer = await ctx.vault.sealerOf(tx, ctx.clinicId)
    await updateAttachment(tx, row, {
      teeth,
      ...(change.kind && { kind: change.kind }),
      ...(change.takenOn && { taken_on: change.takenOn }),
      ...(change.title !== undefined && { title_sealed: sealer.seal(attachmentTitlePlace(id), change.title.trim()) }),
      ...(change.appointmentId !== undefined && { appointment_id: change.appointmentId }),
    })
    await record(tx, ctx, row, 'attachment.changed', { fields: Object.keys(change), kind: change.kind ?? row.kind })
    return load(tx, ctx, id)
  })
}

/**
 * Takes an attachment out of the record's view, with the reason; its bytes are kept, as medical records are. Throws `stale_version`,
 * `attachment_withdrawn`, `withdrawal_needs_reason`.
 */
export function withdrawAttachment(ctx: Context, id: string, { version, reason }: { version: number; reason: string }): Promise<AttachmentView> {
  allow(ctx.actor, 'attachment.file')
  if (!/\S/.test(reason)) throw new Refusal('withdrawal_needs_reason')
  return transact(ctx, async (tx) => {
    const row = await lockCorrectable(tx, ctx, id, version)
    if (row.withdrawn_at) throw new Refusal('attachment_withdrawn')
    await updateAttachment(tx, row, { withdrawn_at: ctx.now, withdrawn_by: ctx.actor.staffId, withdrawal_reason: reason.trim() })
    await record(tx, ctx, row, 'attachment.withdrawn', {})
    return load(tx, ctx, id)
  })
}

/** Puts it back. One that was not withdrawn stays as it is. Throws `stale_version`. */
export function restoreAttachment(ctx: Context, id: string, version: number): Promise<AttachmentView> {
  allow(ctx.actor, 'attachment.file')
  return transact(ctx, async (tx) => {
    const row = await lockCorrectable(tx, ctx, id, version)
    if (row.withdrawn_at) {
      await updateAttachment(tx, row, { withdrawn_at: null, withdrawn_by: null, withdrawal_reason: '' })
      await record(tx, ctx, row, 'attachment.restored', {})
    }
    return load(tx, ctx, id)
  })
}

async function lockCorrectable(tx: Tx, ctx: Context, id: string, version: number): Promise<AttachmentRow> {
  const row = await lockAttachment(tx, id)
  if (!row) throw new NotFound('attachment')
  if (!mayCorrect(ctx.actor, { kind: row.kind, filedBy: row.filed_by })) throw new Forbidden('attachment.open_clinical')
  if (row.version !== version) throw new Refusal('stale_version', { current: row.version })
  return row
}

const record = (tx: Tx, ctx: Context, row: AttachmentRow, name: EventName, details: Record<string, unknown>): Promise<void> =>
  recordEvents(tx, ctx, [{ name, subject: { type: 'attachment', id: row.id }, patientId: row.patient_id, details }])
