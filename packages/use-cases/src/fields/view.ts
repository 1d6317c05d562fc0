import type { FieldRow, ValueChangeRow, ValueRow } from '@yoman/db/fields/queries'
import type { Place, Sealer } from '@yoman/db/keys/vault'
import type { Actor } from '@yoman/domain/access'
import { type Field, mayEdit, maySee } from '@yoman/domain/fields/field'
import type { FieldValue } from '@yoman/domain/fields/value'

export const valuePlace = (rowId: string): Place => ({ table: 'custom_value', column: 'value_sealed', rowId })
export const valueChangePlace = (rowId: string): Place => ({ table: 'custom_value_change', column: 'value_sealed', rowId })

/** A field as the rules know it. */
export const fieldOf = (row: FieldRow): Field => ({
  id: row.id,
  subject: row.subject,
  key: row.key,
  kind: row.kind,
  labels: row.labels,
  hints: row.hints,
  group: row.group_labels,
  options: row.options,
  unit: row.unit,
  formula: row.formula,
  sensitivity: row.sensitivity,
  editors: row.editors,
  asked: row.asked,
  raisesAlert: row.raises_alert,
  retired: row.retired_at !== null,
})

export type FieldView = ReturnType<typeof fieldView>

export const fieldView = (actor: Actor, row: FieldRow) => {
  const field = fieldOf(row)
  return { ...field, options: row.options, editors: row.editors, version: row.version, sees: maySee(actor, field), edits: mayEdit(actor, field) }
}

/** What a row says, opened where it is sealed; null where the value was taken away. */
export const openValue = (sealer: Sealer, row: Pick<ValueRow, 'id' | 'value' | 'value_sealed'>): FieldValue | null =>
  row.value_sealed ? (JSON.parse(sealer.open(valuePlace(row.id), row.value_sealed)) as FieldValue) : row.value // we wrote it

const openChange = (sealer: Sealer, row: ValueChangeRow): FieldValue | null =>
  row.value_sealed ? (JSON.parse(sealer.open(valueChangePlace(row.id), row.value_sealed)) as FieldValue) : row.value // as above

/** On the wire a list is a list of its own. */
const sent = (value: FieldValue | null): string | number | string[] | null => (value === null || typeof value === 'string' || typeof value === 'number' ? value : [...value])

export const valueView = (sealer: Sealer, row: ValueRow) => ({
  fieldId: row.field_id,
  value: sent(openValue(sealer, row)),
  version: row.version,
  source: row.source,
  recordedBy: row.recorded_by,
  recordedAt: row.recorded_at.toString(),
})

export const calculatedView = (fieldId: string, value: number) => ({ fieldId, value, version: 0, source: null, recordedBy: null, recordedAt: null })

export const changeView = (sealer: Sealer, row: ValueChangeRow) => ({
  value: sent(openChange(sealer, row)),
  version: row.version,
  source: row.source,
  recordedBy: row.recorded_by,
  recordedAt: row.recorded_at.toString(),
})
