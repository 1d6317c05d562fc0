import { lockRelation, saveOfAgeReview, saveTelling } from '@yoman/db/families/queries'
import { lockPatient } from '@yoman/db/patients/queries'
import { allow } from '@yoman/domain/access'
import type { DomainEvent } from '@yoman/domain/events'
import type { Subject } from '@yoman/domain/patients/telling'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { refuseMerged } from '../merges/record.ts'
import { transact } from '../transact.ts'
import { familyView, todayOf } from './read.ts'

/** Says what the other one of a relation may be told of this patient, from today on. Throws NotFound where it is no relation of the patient. */
export async function sayWhatIsTold(ctx: Context, patientId: string, relationId: string, told: readonly Subject[]) {
  allow(ctx.actor, 'patient.write')
  return transact(ctx, async (tx) => {
    const relation = await lockRelation(tx, relationId)
    if (!relation || (relation.patient_id !== patientId && relation.related_id !== patientId)) throw new NotFound('relation')
    const on = todayOf(ctx)
    await saveTelling(tx, relationId, relation.patient_id === patientId ? { told: [...told], told_on: on } : { tells: [...told], tells_on: on })
    await recordEvents(tx, ctx, [changed(patientId, 'telling', { relation: relationId, told })])
    return familyView(ctx, tx, await ctx.vault.sealerOf(tx, ctx.clinicId), patientId)
  })
}

/** Somebody looked at what changes at eighteen: the patient leaves the list. Throws `patient_merged`. */
export const reviewOfAge = (ctx: Context, patientId: string): Promise<void> => keepReview(ctx, patientId, true)

/** Takes that back. Throws `patient_merged`. */
export const unreviewOfAge = (ctx: Context, patientId: string): Promise<void> => keepReview(ctx, patientId, false)

async function keepReview(ctx: Context, patientId: string, done: boolean): Promise<void> {
  allow(ctx.actor, 'patient.write')
  await transact(ctx, async (tx) => {
    const row = await lockPatient(tx, patientId)
    if (!row) throw new NotFound('patient')
    refuseMerged(row)
    await saveOfAgeReview(tx, patientId, done && ctx.actor.staffId ? { on: todayOf(ctx), by: ctx.actor.staffId } : null)
    await recordEvents(tx, ctx, [changed(patientId, 'of_age_review', { done })])
  })
}

const changed = (id: string, field: string, details: Record<string, unknown>): DomainEvent => ({ name: 'patient.changed', subject: { type: 'patient', id }, patientId: id, details: { fields: [field], ...details } })
