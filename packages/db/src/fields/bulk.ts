import { sql } from 'kysely'
import type { FieldValue } from '@yoman/domain/fields/value'
import type { Instant } from '@yoman/domain/time'
import type { Tx } from '../database.ts'

/** A first value, to be written with thousands of others; each place of it is sealed for itself, or open. */
export interface BulkValue {
  id: string
  changeId: string
  fieldId: string
  patientId: string
  value: FieldValue | null
  sealed: Buffer | null
  changeSealed: Buffer | null
}

/** Values of patients who have none yet, with the first rows of their history: two statements for all. */
export async function insertValues(tx: Tx, clinicId: string, by: { staffId: string | null; at: Instant }, values: readonly BulkValue[]): Promise<void> {
  if (values.length === 0) return
  const rows = JSON.stringify(values.map(({ sealed, changeSealed, ...rest }) => ({ ...rest, sealed: sealed?.toString('hex') ?? null, changeSealed: changeSealed?.toString('hex') ?? null })))
  const given = sql`jsonb_to_recordset(${rows}::jsonb) as t(id uuid, "changeId" uuid, "fieldId" uuid, "patientId" uuid, value jsonb, sealed text, "changeSealed" text)`
  await sql`
    insert into custom_value (clinic_id, id, field_id, patient_id, value, value_sealed, source, recorded_by, recorded_at)
    select ${clinicId}::uuid, id, "fieldId", "patientId", value, decode(sealed, 'hex'), 'import', ${by.staffId}::uuid, ${by.at}::timestamptz from ${given}`.execute(tx)
  await sql`
    insert into custom_value_change (clinic_id, id, value_id, version, value, value_sealed, source, recorded_by, recorded_at)
    select ${clinicId}::uuid, "changeId", id, 1, value, decode("changeSealed", 'hex'), 'import', ${by.staffId}::uuid, ${by.at}::timestamptz from ${given}`.execute(tx)
}
