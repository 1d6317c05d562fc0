import { isDeepStrictEqual } from 'node:util'
import type { Tx } from '@yoman/db/database'
import { deletePatientFilter, insertPatientFilter, lockPatientFilter, patientFiltersFor, type PatientFilterRow, savePatientFilter } from '@yoman/db/patient-filters/queries'
import { allow, may } from '@yoman/domain/access'
import { checkFilter, type Condition, mayFilter } from '@yoman/domain/patients/filter'
import { Forbidden, NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import { patientFields } from './list.ts'

/** The lists that were kept which the asking person may know of: the clinic's and their own. One whose field is out of use is among them. */
export async function readPatientFilters(ctx: Context) {
  allow(ctx.actor, 'patient.read')
  return read(ctx, async (db) => {
    const [rows, fields] = await Promise.all([patientFiltersFor(db, staffOf(ctx)), patientFields(db)])
    return rows.filter(({ conditions }) => mayFilter(ctx.actor, conditions, fields)).map((row) => view(ctx, row))
  })
}

export interface NewFilter {
  id: string
  name: string
  own: boolean
  conditions: readonly Condition[]
}

/** Keeps a list; a repeated request finds its own. Throws what `checkFilter` throws, `patient_filter_name_taken`, `id_taken`. */
export async function keepPatientFilter(ctx: Context, { id, own, ...said }: NewFilter) {
  allow(ctx.actor, own ? 'patient.read' : 'patient.write')
  const name = said.name.trim()
  return transact(ctx, async (tx) => {
    const known = await lockPatientFilter(tx, id)
    const ownerId = own ? staffOf(ctx) : null
    if (known && (known.owner_id !== ownerId || known.name !== name || !isDeepStrictEqual(known.conditions, said.conditions))) throw new Refusal('id_taken')
    if (known) return view(ctx, known)
    checkFilter(ctx.actor, said.conditions, await patientFields(tx))
    await insertPatientFilter(tx, { clinic_id: ctx.clinicId, id, owner_id: ownerId, written_by: staffOf(ctx), name, conditions: JSON.stringify(said.conditions) })
    return settle(tx, ctx, id, 'kept')
  })
}

/** Throws what `checkFilter` throws, `stale_version`, `patient_filter_name_taken`, `NotFound`, `Forbidden`. */
export async function changePatientFilter(ctx: Context, id: string, { version, name, conditions }: { version: number; name: string; conditions: readonly Condition[] }) {
  return transact(ctx, async (tx) => {
    const row = await locked(tx, ctx, id)
    if (!(await known(tx, ctx, row))) throw new NotFound('patient filter')
    if (!mayChange(ctx, row)) throw new Forbidden('settings.write')
    checkFilter(ctx.actor, conditions, await patientFields(tx))
    if (row.version !== version) throw new Refusal('stale_version', { current: row.version })
    await savePatientFilter(tx, row, { name: name.trim(), conditions: JSON.stringify(conditions) })
    return settle(tx, ctx, id, 'changed')
  })
}

/** Whoever wrote it may, whatever it asks by has become. Throws `NotFound`, `Forbidden`. */
export async function forgetPatientFilter(ctx: Context, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await locked(tx, ctx, id)
    if (!mayChange(ctx, row)) throw (await known(tx, ctx, row)) ? new Forbidden('settings.write') : new NotFound('patient filter')
    await deletePatientFilter(tx, row.id)
    await record(tx, ctx, row, 'forgotten')
  })
}

/** Another person's own does not exist. */
async function locked(tx: Tx, ctx: Context, id: string): Promise<PatientFilterRow> {
  allow(ctx.actor, 'patient.read')
  const row = await lockPatientFilter(tx, id)
  if (!row || (row.owner_id !== null && row.owner_id !== ctx.actor.staffId)) throw new NotFound('patient filter')
  return row
}

/** One by what the asking person may not see does not exist for them. */
const known = async (tx: Tx, ctx: Context, row: PatientFilterRow): Promise<boolean> => mayFilter(ctx.actor, row.conditions, await patientFields(tx))

async function settle(tx: Tx, ctx: Context, id: string, how: string) {
  const row = await lockPatientFilter(tx, id)
  if (!row) throw new NotFound('patient filter')
  await record(tx, ctx, row, how)
  return view(ctx, row)
}

const record = (tx: Tx, ctx: Context, row: PatientFilterRow, how: string): Promise<void> =>
  recordEvents(tx, ctx, [{ name: 'patient_filter.changed', subject: { type: 'patient_filter', id: row.id }, details: { how, own: row.owner_id !== null, conditions: row.conditions.map(({ kind }) => kind) } }])

const mayChange = (ctx: Context, row: PatientFilterRow): boolean => row.written_by === ctx.actor.staffId || may(ctx.actor, 'settings.write')

const view = (ctx: Context, row: PatientFilterRow) => ({ id: row.id, name: row.name, own: row.owner_id !== null, conditions: row.conditions.map(sent), mayChange: mayChange(ctx, row), version: row.version })

/** On the wire a list is a list of its own. */
const sent = (condition: Condition) => (condition.kind === 'field_options' ? { ...condition, keys: [...condition.keys] } : condition)

function staffOf(ctx: Context): string {
  if (!ctx.actor.staffId) throw new Error('a list has a person behind it')
  return ctx.actor.staffId
}
