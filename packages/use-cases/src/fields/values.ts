import { v7 as uuid } from 'uuid'
import type { Db, Tx } from '@yoman/db/database'
import { lockEncounter } from '@yoman/db/encounters/queries'
import { attachmentsOwned, changesOf, findField, findSubject, listFields, lockValues, putValue, type SubjectRow, type ValueRow, valueOfField, valuesOf } from '@yoman/db/fields/queries'
import type { ValueSource } from '@yoman/db/fields/table'
import type { Sealer } from '@yoman/db/keys/vault'
import { lockPatient } from '@yoman/db/patients/queries'
import { allow, allowIn, type Permission } from '@yoman/domain/access'
import { checkUnsigned } from '@yoman/domain/encounters/note'
import { type Field, type FieldSubject, isSealed, mayEdit, maySee } from '@yoman/domain/fields/field'
import { calculated, type FieldValue, readValue, sameValue } from '@yoman/domain/fields/value'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import { askedAmong } from './asked.ts'
import { calculatedView, changeView, fieldOf, openValue, valueChangePlace, valuePlace, valueView } from './view.ts'

const opens: Readonly<Record<FieldSubject, Permission>> = { patient: 'patient.read', visit: 'diary.read', note: 'note.read' }

/** The values of a patient, visit or note that the asking person may see: the others were not even opened. Throws `NotFound`. The caller records the reading. */
export async function readValues(ctx: Context, subject: FieldSubject, id: string) {
  allow(ctx.actor, opens[subject])
  return read(ctx, async (db) => {
    const [sealer, of] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), subjectOf(db, subject, id)])
    return { patientId: of.patient_id, ...(await seen(ctx, db, sealer, of)) }
  })
}

export interface ValueTyped {
  fieldId: string
  value: unknown
  /** What it stands on; 0 where there was none. */
  version: number
}

/**
 * Writes some values, all or none. What is as it was changes nothing, unless it is asked again: then it is said anew. Throws `field_value_wrong` and `field_not_yours` (`fieldId`),
 * `stale_version` where somebody wrote meanwhile, `reference_unknown` for a file that is not this patient's, `note_already_signed`,
 * `Forbidden` for a visit of another branch than the writer's, `NotFound`.
 */
export async function writeValues(ctx: Context, subject: FieldSubject, id: string, typed: readonly ValueTyped[]) {
  allow(ctx.actor, opens[subject])
  return transact(ctx, async (tx) => {
    const [sealer, of] = await Promise.all([ctx.vault.sealerOf(tx, ctx.clinicId), subjectOf(tx, subject, id)])
    if (of.branch_id !== null) allowIn(ctx.actor, opens[subject], of.branch_id)
    if (subject === 'note') await holdUnsigned(tx, id)
    await putValues(tx, ctx, sealer, of, typed, 'desk')
    return seen(ctx, tx, sealer, of)
  })
}

/** Values of a note are part of what is signed: they are written before the signature or not at all. */
async function holdUnsigned(tx: Tx, id: string): Promise<void> {
  const encounter = await lockEncounter(tx, id)
  if (!encounter) throw new NotFound('note')
  checkUnsigned(encounter)
}

/**
 * The same inside a transaction that somebody else opened; by `form` and `import` a value goes on top of whatever stands. A form asks
 * what was asked when it was given: an option that went out of use since is taken, and a field that did is left to the response.
 */
export async function putValues(tx: Tx, ctx: Context, sealer: Sealer, of: SubjectRow, typed: readonly ValueTyped[], source: ValueSource): Promise<void> {
  await lockPatient(tx, of.patient_id) // a value that is not there yet cannot be locked
  const [fields, rows] = await Promise.all([listFields(tx, of.subject), lockValues(tx, of.id)])
  const known = new Map(fields.map((row) => [row.id, fieldOf(row)]))
  const wanted = source === 'form' ? typed.filter(({ fieldId }) => !known.get(fieldId)?.retired) : typed
  const written = wanted.map(({ fieldId, value, version }) => {
    const field = known.get(fieldId)
    if (!field || !mayEdit(ctx.actor, field)) throw new Refusal('field_not_yours', { fieldId })
    const row = rows.find((one) => one.field_id === fieldId) ?? null
    if (source === 'desk' && (row?.version ?? 0) !== version) throw new Refusal('stale_version', { fieldId, current: row?.version ?? 0 })
    const before = row && openValue(sealer, row)
    return { field, row, before, after: readValue(source === 'form' ? allOffered(field) : field, value, before) }
  })
  // What is asked at each visit and still so is an answer of this visit.
  const again = await askedAmong(ctx, tx, of, fields, rows)
  const changes = written.filter(({ field, before, after }) => !sameValue(before, after) || (after !== null && again.includes(field.id)))
  await checkFiles(tx, of, changes)
  for (const { field, row, after } of changes) await putOne(tx, ctx, sealer, of, { field, row, after, source })
  if (changes.length > 0) await recordEvents(tx, ctx, [{ name: 'field_value.recorded', subject: { type: of.subject, id: of.id }, patientId: of.patient_id, details: { fields: changes.map(({ field }) => field.id), source } }])
}

const allOffered = (field: Field): Field => ({ ...field, options: field.options.map((option) => ({ ...option, retired: false })) })

async function putOne(tx: Tx, ctx: Context, sealer: Sealer, of: SubjectRow, { field, row, after, source }: { field: Field; row: ValueRow | null; after: FieldValue | null; source: ValueSource }): Promise<void> {
  const id = row?.id ?? uuid()
  const changeId = uuid()
  const kept = (place: typeof valuePlace, rowId: string) => (after === null ? { value: null, value_sealed: null } : isSealed(field) ? { value: null, value_sealed: sealer.seal(place(rowId), JSON.stringify(after)) } : { value: JSON.stringify(after), value_sealed: null })
  const said = { source, recorded_by: ctx.actor.staffId, recorded_at: ctx.now }
  const version = (row?.version ?? 0) + 1
  const hangsOn = { patient_id: of.patient_id, appointment_id: of.subject === 'visit' ? of.id : null, encounter_id: of.subject === 'note' ? of.id : null }
  await putValue(tx, { clinic_id: ctx.clinicId, id, field_id: field.id, ...hangsOn, ...kept(valuePlace, id), ...said, version }, { id: changeId, ...kept(valueChangePlace, changeId) })
}

/** A file is one of this patient's documents. */
async function checkFiles(tx: Tx, of: SubjectRow, changes: readonly { field: Field; after: FieldValue | null }[]): Promise<void> {
  const ids = changes.flatMap(({ field, after }) => (field.kind === 'file' && typeof after === 'string' ? [after] : []))
  if (ids.length === 0) return
  const owned = await attachmentsOwned(tx, ids)
  if (ids.some((id) => owned.find((one) => one.id === id)?.patient_id !== of.patient_id)) throw new Refusal('reference_unknown')
}

/** What one value of a patient was, newest first. Throws `field_not_yours`, `NotFound`. */
export async function readHistory(ctx: Context, patientId: string, fieldId: string) {
  allow(ctx.actor, 'patient.read')
  return read(ctx, async (db) => {
    const [sealer, field] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), findField(db, fieldId), subjectOf(db, 'patient', patientId)])
    if (!field || !maySee(ctx.actor, fieldOf(field))) throw new Refusal('field_not_yours', { fieldId })
    const value = await valueOfField(db, fieldId, patientId)
    return { items: value ? (await changesOf(db, value.id)).map((row) => changeView(sealer, row)) : [] }
  })
}

export async function subjectOf(db: Db, subject: FieldSubject, id: string): Promise<SubjectRow> {
  const of = await findSubject(db, subject, id)
  if (!of) throw new NotFound(subject)
  return of
}

async function seen(ctx: Context, db: Db, sealer: Sealer, of: SubjectRow) {
  const [fields, rows] = await Promise.all([listFields(db, of.subject), valuesOf(db, of.id)])
  const open = fields.map(fieldOf).filter((field) => maySee(ctx.actor, field))
  const mine = rows.filter(({ field_id }) => open.some(({ id }) => id === field_id))
  const known = new Map(mine.flatMap((row): [string, FieldValue][] => {
    const value = openValue(sealer, row)
    return value === null ? [] : [[row.field_id, value]]
  }))
  const results = calculated(open, known, { birthDate: of.birth_date, today: dateIn('Asia/Jerusalem', ctx.now) })
  const items = [...mine.map((row) => valueView(sealer, row)), ...[...results].map(([fieldId, value]) => calculatedView(fieldId, value))]
  return { items, asked: await askedAmong(ctx, db, of, fields, rows) }
}
