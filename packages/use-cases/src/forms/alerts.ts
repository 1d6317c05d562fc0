import { lockReported, type ReportedRow, reportedOf, saveReported } from '@yoman/db/forms/queries'
import type { Tx } from '@yoman/db/database'
import type { Sealer } from '@yoman/db/keys/vault'
import { findPatient, lockPatient } from '@yoman/db/patients/queries'
import { updatePatient } from '@yoman/db/patients/save'
import { allow } from '@yoman/domain/access'
import { withAlert } from '@yoman/domain/forms/form'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { alertsPlace } from '../patients/sealed.ts'
import { openAlerts } from '../patients/view.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import { reportedPlace } from './view.ts'

/** What a patient reported and nobody has settled. The caller records the reading. Throws `NotFound`. */
export async function readReported(ctx: Context, patientId: string) {
  allow(ctx.actor, 'note.read')
  return read(ctx, async (db) => {
    if (!(await findPatient(db, patientId))) throw new NotFound('patient')
    const [sealer, rows] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), reportedOf(db, patientId)])
    return rows.map((row) => ({ id: row.id, responseId: row.response_id, words: reportedWords(sealer, row), reportedAt: row.reported_at.toString() }))
  })
}

/** What the patient said, in words. */
export const reportedWords = (sealer: Sealer, row: ReportedRow): string => sealer.open(reportedPlace(row.id), row.words_sealed)

/** Takes a reported alert into the record, beside what stands there, or says that it is none. The same again is fine. Throws `alert_settled`, `NotFound`. */
export async function settleReported(ctx: Context, id: string, as: 'accepted' | 'dismissed') {
  allow(ctx.actor, 'note.write')
  return transact(ctx, async (tx) => {
    const row = await lockReported(tx, id)
    if (!row) throw new NotFound('reported alert')
    if (row.status !== 'reported' && row.status !== as) throw new Refusal('alert_settled')
    if (row.status === 'reported') {
      if (as === 'accepted') await intoRecord(tx, ctx, row)
      await saveReported(tx, id, { status: as, settled_by: ctx.actor.staffId, settled_at: ctx.now })
      await recordEvents(tx, ctx, [{ name: 'alert.settled', subject: { type: 'reported_alert', id }, patientId: row.patient_id, details: { as, response: row.response_id } }])
    }
    return { id, status: as }
  })
}

async function intoRecord(tx: Tx, ctx: Context, row: ReportedRow): Promise<void> {
  const [sealer, patient] = await Promise.all([ctx.vault.sealerOf(tx, ctx.clinicId), lockPatient(tx, row.patient_id)])
  if (!patient) throw new NotFound('patient')
  const before = openAlerts(sealer, patient)
  const after = withAlert(before, reportedWords(sealer, row))
  if (after === before) return
  await updatePatient(tx, patient.id, patient.version, { alerts_sealed: sealer.seal(alertsPlace(patient.id), after) })
  await recordEvents(tx, ctx, [{ name: 'patient.changed', subject: { type: 'patient', id: patient.id }, patientId: patient.id, details: { fields: ['alerts'], version: patient.version + 1 } }])
}
