import type { Tx } from '@yoman/db/database'
import { findField, insertField, listFields, orderFields } from '@yoman/db/fields/queries'
import { saveVersion } from '@yoman/db/save-version'
import { allow } from '@yoman/domain/access'
import { checkChange, checkField, type Field, type FieldSubject } from '@yoman/domain/fields/field'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import { fieldOf, fieldView, type FieldView } from './view.ts'

/** All of the clinic's own fields in their order, with what the asking person may do with their values. */
export async function readFields(ctx: Context): Promise<FieldView[]> {
  allow(ctx.actor, 'settings.read')
  return read(ctx, async (db) => (await listFields(db)).map((row) => fieldView(ctx.actor, row)))
}

export type NewField = Omit<Field, 'retired'>

/** Adds a field behind the others. A repeated request finds its own row. Throws what `checkField` throws, `field_key_taken`, `id_taken`. */
export async function defineField(ctx: Context, given: NewField): Promise<FieldView> {
  allow(ctx.actor, 'settings.write')
  return transact(ctx, async (tx) => {
    const [mine, others] = await Promise.all([findField(tx, given.id), listFields(tx, given.subject)])
    if (mine && (mine.key !== given.key || mine.subject !== given.subject || mine.kind !== given.kind)) throw new Refusal('id_taken')
    if (mine) return fieldView(ctx.actor, mine)
    checkField({ ...given, retired: false }, others.map(fieldOf))
    const { id, subject, key, kind } = given
    await insertField(tx, { clinic_id: ctx.clinicId, id, subject, key, kind, ...columnsOf(given), position: others.length + 1, retired_at: null })
    return answer(tx, ctx, id)
  })
}

export type FieldChange = Omit<Field, 'id' | 'subject' | 'key' | 'kind'> & { version: number }

/** Throws what `checkField` and `checkChange` throw, `stale_version`. */
export async function changeField(ctx: Context, id: string, { version, ...given }: FieldChange): Promise<FieldView> {
  allow(ctx.actor, 'settings.write')
  return transact(ctx, async (tx) => {
    const row = await findField(tx, id)
    if (!row) throw new NotFound('field')
    const before = fieldOf(row)
    const after = { ...before, ...given }
    checkChange(before, after)
    checkField(after, (await listFields(tx, row.subject)).map(fieldOf))
    const retiredAt = given.retired ? (row.retired_at ?? ctx.now) : null
    await saveVersion(tx, 'custom_field', id, version, { ...columnsOf(given), retiredAt })
    return answer(tx, ctx, id)
  })
}

/** Puts the fields of a subject in this order; those that are not named keep their place. */
export async function orderTheFields(ctx: Context, subject: FieldSubject, ids: readonly string[]): Promise<void> {
  allow(ctx.actor, 'settings.write')
  const [first] = ids
  await transact(ctx, async (tx) => {
    await orderFields(tx, subject, ids)
    if (first) await recordEvents(tx, ctx, [{ name: 'field.changed', subject: { type: 'custom_field', id: first }, details: { ordered: subject } }])
  })
}

const columnsOf = ({ labels, hints, group, options, unit, formula, sensitivity, editors, asked, raisesAlert }: Omit<Field, 'id' | 'subject' | 'key' | 'kind' | 'retired'>) => ({
  labels: JSON.stringify(labels),
  hints: JSON.stringify(hints),
  group_labels: JSON.stringify(group),
  options: JSON.stringify(options),
  unit,
  formula,
  sensitivity,
  editors: [...editors],
  asked,
  raises_alert: raisesAlert,
})

async function answer(tx: Tx, ctx: Context, id: string): Promise<FieldView> {
  const row = await findField(tx, id)
  if (!row) throw new NotFound('field')
  await recordEvents(tx, ctx, [{ name: 'field.changed', subject: { type: 'custom_field', id }, details: { version: row.version, sensitivity: row.sensitivity, retired: row.retired_at !== null } }])
  return fieldView(ctx.actor, row)
}
