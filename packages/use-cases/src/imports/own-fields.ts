import { v7 as uuid } from 'uuid'
import type { Db, Tx } from '@yoman/db/database'
import { type BulkValue, insertValues } from '@yoman/db/fields/bulk'
import { listFields } from '@yoman/db/fields/queries'
import type { ImportJobRow } from '@yoman/db/imports/queries'
import type { Sealer } from '@yoman/db/keys/vault'
import { type Field, isSealed } from '@yoman/domain/fields/field'
import { fieldOfColumn, importable, isOwnColumn } from '@yoman/domain/imports/own-column'
import type { OwnFields, PatientRow } from '@yoman/domain/imports/patient-row'
import { Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { fieldOf, valueChangePlace, valuePlace } from '../fields/view.ts'
import { recordEvents } from '../record-events.ts'
import { mappingOf } from './view.ts'

/** The clinic's own fields that the asking person may fill from a file. */
export const importableFields = async (ctx: Context, db: Db): Promise<Field[]> => importable(ctx.actor, (await listFields(db, 'patient')).map(fieldOf))

/** The same for a job at work. Throws `field_not_yours` where a column means one that this person may not fill, or that went out of use since. */
export async function ownFieldsOf(ctx: Context, db: Db, job: ImportJobRow): Promise<OwnFields> {
  const fields = await importableFields(ctx, db)
  if (mappingOf(job).some((meaning) => isOwnColumn(meaning) && !fieldOfColumn(fields, meaning))) throw new Refusal('field_not_yours')
  return { fields, leaveWrong: job.leave_wrong }
}

export interface PatientValues {
  patientId: string
  values: PatientRow['values']
}

/** Writes what a file says of new patients, sealed as each field is. What was written stands in the audit by field, never by value. */
export async function takeValues(tx: Tx, ctx: Context, sealer: Sealer, fields: readonly Field[], patients: readonly PatientValues[]): Promise<void> {
  const sealed = new Set(fields.filter(isSealed).map(({ id }) => id))
  const told = patients.filter(({ values }) => values.length > 0)
  await insertValues(tx, ctx.clinicId, { staffId: ctx.actor.staffId, at: ctx.now }, told.flatMap(({ patientId, values }) => values.map((one) => bulkValue(sealer, patientId, one, sealed.has(one.fieldId)))))
  await recordEvents(tx, ctx, told.map(({ patientId, values }) => ({ name: 'field_value.recorded', subject: { type: 'patient', id: patientId }, patientId, details: { fields: values.map(({ fieldId }) => fieldId), source: 'import' } })), 'done', true)
}

function bulkValue(sealer: Sealer, patientId: string, { fieldId, value }: PatientRow['values'][number], sealed: boolean): BulkValue {
  const [id, changeId] = [uuid(), uuid()]
  const kept = { id, changeId, fieldId, patientId }
  if (!sealed) return { ...kept, value, sealed: null, changeSealed: null }
  const text = JSON.stringify(value)
  return { ...kept, value: null, sealed: sealer.seal(valuePlace(id), text), changeSealed: sealer.seal(valueChangePlace(changeId), text) }
}
