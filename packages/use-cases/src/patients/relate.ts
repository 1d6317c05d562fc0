import { findPatient } from '@yoman/db/patients/queries'
import { deleteRelation, findRelation, insertRelation, type RelationSeenRow, relationsOf } from '@yoman/db/patients/relations'
import { allow } from '@yoman/domain/access'
import { type RelationKind, seenFromTheOtherSide } from '@yoman/domain/patients/relations'
import { isOfAge, usualTelling } from '@yoman/domain/patients/telling'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { namesView } from './view.ts'

export interface NewRelation {
  id: string
  relatedId: string
  kind: RelationKind
}

/** Says that `relatedId` is the patient's `kind`. Throws `related_to_self`, `reference_unknown`, `id_taken`. */
export async function relatePatients(ctx: Context, patientId: string, relation: NewRelation) {
  allow(ctx.actor, 'patient.write')
  if (relation.relatedId === patientId) throw new Refusal('related_to_self')
  return transact(ctx, async (tx) => {
    const [patient, related, mine] = await Promise.all([findPatient(tx, patientId), findPatient(tx, relation.relatedId), findRelation(tx, relation.id)])
    if (!patient) throw new NotFound('patient')
    if (!mine) {
      const today = dateIn('Asia/Jerusalem', ctx.now)
      const { told, tells } = usualTelling(relation.kind, isOfAge(patient.birth_date, today), isOfAge(related?.birth_date ?? null, today))
      await insertRelation(tx, { clinic_id: ctx.clinicId, id: relation.id, patient_id: patientId, related_id: relation.relatedId, kind: relation.kind, told, tells, told_on: null, tells_on: null })
      await recordEvents(tx, ctx, [relationsChanged(patientId, { related: relation.relatedId, kind: relation.kind })])
    } else if (mine.patient_id !== patientId || mine.related_id !== relation.relatedId || mine.kind !== relation.kind) {
      throw new Refusal('id_taken')
    }
    return (await relationsOf(tx, patientId)).map(relationView)
  })
}

/** Takes a relation back, from whichever side. */
export async function unrelatePatients(ctx: Context, patientId: string, relationId: string): Promise<void> {
  allow(ctx.actor, 'patient.write')
  await transact(ctx, async (tx) => {
    if (!(await deleteRelation(tx, patientId, relationId))) throw new NotFound('relation')
    await recordEvents(tx, ctx, [relationsChanged(patientId, { removed: relationId })])
  })
}

export const relationView = (row: RelationSeenRow) => ({
  id: row.relation_id,
  kind: row.reversed ? seenFromTheOtherSide(row.kind) : row.kind,
  patient: { id: row.id, ...namesView(row) },
})

const relationsChanged = (id: string, relation: Record<string, string>) =>
  ({ name: 'patient.changed', subject: { type: 'patient', id }, patientId: id, details: { fields: ['relations'], ...relation } }) as const
