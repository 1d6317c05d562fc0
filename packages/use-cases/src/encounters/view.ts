import type { EncounterRow, NoteRow, ProcedureRow } from '@yoman/db/encounters/queries'
import type { Place, Sealer } from '@yoman/db/keys/vault'
import type { EncounterNow, NoteNow } from '@yoman/domain/encounters/note'

export const notePlace = (rowId: string): Place => ({ table: 'note_version', column: 'body_sealed', rowId })

export const openNote = (sealer: Sealer, row: NoteRow): string => sealer.open(notePlace(row.id), row.body_sealed)

/** What the rules of `note.ts` look at. `notes` may hold amendments; `lastSeq` is the number of the newest version of any kind. */
export const encounterNow = (sealer: Sealer, row: EncounterRow, notes: readonly NoteRow[], lastSeq: number): EncounterNow => ({ status: row.status, note: noteNow(sealer, row, notes), lastSeq })

function noteNow(sealer: Sealer, row: EncounterRow, notes: readonly NoteRow[]): NoteNow | null {
  const note = notes.findLast((version) => version.encounter_id === row.id && (version.kind === 'draft' || version.kind === 'signed'))
  return note?.kind === 'draft' || note?.kind === 'signed' ? { seq: note.seq, kind: note.kind, body: openNote(sealer, note), authorId: note.author_id, writtenAt: note.written_at.toString() } : null
}

/** An encounter as clinical roles read it. */
export function encounterView(sealer: Sealer, row: EncounterRow, notes: readonly NoteRow[], procedures: readonly ProcedureRow[]) {
  return {
    id: row.id,
    patientId: row.patient_id,
    appointmentId: row.appointment_id,
    practitionerId: row.practitioner_id,
    branchId: row.branch_id,
    status: row.status,
    startedAt: row.started_at.toString(),
    signedAt: row.signed_at?.toString() ?? null,
    signedBy: row.signed_by,
    version: row.version,
    note: noteNow(sealer, row, notes),
    amendments: notes
      .filter((version) => version.encounter_id === row.id && version.kind === 'amendment')
      .map((version) => ({ seq: version.seq, reason: version.reason, body: openNote(sealer, version), authorId: version.author_id, writtenAt: version.written_at.toString() })),
    procedures: procedures
      .filter((procedure) => procedure.encounter_id === row.id)
      .map((procedure) => ({
        id: procedure.id,
        priceItemId: procedure.price_item_id,
        description: procedure.description,
        tooth: procedure.tooth,
        surfaces: procedure.surfaces,
        quantity: procedure.quantity,
        unitPriceAgorot: procedure.unit_price_agorot,
        priceBy: procedure.price_by,
        discountAgorot: procedure.discount_agorot,
        discountBasisPoints: procedure.discount_basis_points,
        discountReason: procedure.discount_reason,
      })),
  }
}

export type EncounterView = ReturnType<typeof encounterView>
