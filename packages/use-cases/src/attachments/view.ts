import type { AttachmentListRow } from '@yoman/db/attachments/queries'
import type { Place, Sealer } from '@yoman/db/keys/vault'
import type { Actor } from '@yoman/domain/access'
import { mayCorrect, mayOpen } from '@yoman/domain/attachments/kind'

export const attachmentTitlePlace = (rowId: string): Place => ({ table: 'attachment', column: 'title_sealed', rowId })
export const contentPlace = (rowId: string): Place => ({ table: 'attachment', column: 'storage_key', rowId })
export const previewPlace = (rowId: string): Place => ({ table: 'attachment', column: 'preview_key', rowId })

/** An attachment as the actor may see it: whoever may not open it learns that it is there, since when and by whom, and nothing of what it shows. */
export function attachmentView(actor: Actor, sealer: Sealer, row: AttachmentListRow) {
  return {
    id: row.id,
    patientId: row.patient_id,
    kind: row.kind,
    takenOn: row.taken_on.toString(),
    filedAt: row.filed_at.toString(),
    filedBy: { staffId: row.filed_by, name: row.filed_by_name },
    withdrawn: row.withdrawn_at && row.withdrawn_by ? { at: row.withdrawn_at.toString(), by: { staffId: row.withdrawn_by, name: row.withdrawn_by_name ?? '' }, reason: row.withdrawal_reason } : null,
    mayCorrect: mayCorrect(actor, { kind: row.kind, filedBy: row.filed_by }),
    version: row.version,
    content: mayOpen(actor, row.kind) ? contentView(sealer, row) : null,
  }
}

const contentView = (sealer: Sealer, row: AttachmentListRow) => ({
  title: sealer.open(attachmentTitlePlace(row.id), row.title_sealed),
  teeth: row.teeth,
  appointmentId: row.appointment_id,
  mediaType: row.media_type,
  bytes: row.byte_size,
  width: row.width,
  height: row.height,
  preview: row.preview_state,
})

export type AttachmentView = ReturnType<typeof attachmentView>
