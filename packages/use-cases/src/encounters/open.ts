import { type EncounterRow, encounterOfVisit, findEncounter, insertEncounter } from '@yoman/db/encounters/queries'
import type { Tx } from '@yoman/db/database'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { loadView } from './read.ts'
import type { EncounterView } from './view.ts'

/**
 * The encounter of a visit, opened where it has none: two screens that open it at once get the same one. Throws
 * `reference_unknown`, `appointment_is_final` for a visit that was cancelled or missed, `id_taken`.
 */
export async function openEncounter(ctx: Context, { id, appointmentId }: { id: string; appointmentId: string }): Promise<EncounterView> {
  allow(ctx.actor, 'note.write')
  try {
    return await transact(ctx, async (tx) => {
      const [known, taken] = await Promise.all([encounterOfVisit(tx, appointmentId), findEncounter(tx, id)])
      if (known) return seen(ctx, tx, known)
      if (taken) throw new Refusal('id_taken')
      const visit = await holdVisit(tx, appointmentId)
      if (!visit?.patient_id) throw new Refusal('reference_unknown')
      if (visit.status === 'cancelled' || visit.status === 'no_show') throw new Refusal('appointment_is_final')
      const { patient_id, practitioner_id, branch_id } = visit
      await insertEncounter(tx, { clinic_id: ctx.clinicId, id, appointment_id: appointmentId, patient_id, practitioner_id, branch_id, started_at: ctx.now, signed_at: null, signed_by: null })
      await recordEvents(tx, ctx, [{ name: 'encounter.opened', subject: { type: 'encounter', id }, patientId: patient_id, branchId: branch_id, details: { appointmentId } }])
      const row = await findEncounter(tx, id)
      if (!row) throw new NotFound('encounter')
      return loadView(ctx, tx, row)
    })
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'id_taken') throw error
    return openedByAnother(ctx, appointmentId, error)
  }
}

/** Somebody opened it between our look and our insert: theirs is the visit's. */
async function openedByAnother(ctx: Context, appointmentId: string, refusal: Refusal): Promise<EncounterView> {
  return transact(ctx, async (tx) => {
    const row = await encounterOfVisit(tx, appointmentId)
    if (!row) throw refusal
    return seen(ctx, tx, row)
  })
}

/** What is there already is shown, note and all: that is a reading, and leaves its event. */
async function seen(ctx: Context, tx: Tx, row: EncounterRow): Promise<EncounterView> {
  await recordEvents(tx, ctx, [{ name: 'encounter.read', subject: { type: 'encounter', id: row.id }, patientId: row.patient_id, branchId: row.branch_id }])
  return loadView(ctx, tx, row)
}

/** The visit, held as whoever bills it or takes something off holds it: what they read of a visit without an encounter stays so until they wrote. */
const holdVisit = (tx: Tx, id: string) =>
  tx.selectFrom('appointment').select(['patient_id', 'practitioner_id', 'branch_id', 'status']).where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
