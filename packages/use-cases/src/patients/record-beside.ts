import type { Db } from '@yoman/db/database'
import { listFields, valuesOfPatient } from '@yoman/db/fields/queries'
import { reportedOf, responsesOf } from '@yoman/db/forms/queries'
import type { Sealer } from '@yoman/db/keys/vault'
import { listLetters } from '@yoman/db/letters/queries'
import type { PatientRow } from '@yoman/db/patients/queries'
import { plansOf } from '@yoman/db/plans/queries'
import { may, type Permission } from '@yoman/domain/access'
import { type Field, type FieldSubject, type Labels, maySee } from '@yoman/domain/fields/field'
import type { FieldValue } from '@yoman/domain/fields/value'
import { fieldsAsked, mayReadAnswers } from '@yoman/domain/forms/form'
import { instant } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { fieldOf, openValue } from '../fields/view.ts'
import { reportedWords } from '../forms/alerts.ts'
import { openAnswers } from '../forms/view.ts'
import { openContent } from '../letters/letters.ts'
import { planViews } from '../plans/view.ts'
import type { Entry } from './record-entries.ts'
import { openAlerts } from './view.ts'

/** What stands in a record beside its timeline, as far as the reader's roles open it. */
export async function besideEntries(db: Db, ctx: Context, sealer: Sealer, patient: PatientRow): Promise<Entry[]> {
  const only = (permission: Permission, load: () => Promise<Entry[]>): Promise<Entry[]> => (may(ctx.actor, permission) ? load() : Promise.resolve([]))
  const parts = await Promise.all([
    only('note.read', () => clinical(db, sealer, patient)),
    only('plan.read', () => plans(db, ctx, patient.id)),
    forms(db, ctx, sealer, patient.id),
    fields(db, ctx, sealer, patient.id),
  ])
  return [{ ...bare, kind: 'desk_note', id: patient.id, at: null, texts: [patient.desk_note, patient.referral_source] }, ...parts.flat()]
}

const bare = { by: null, title: null, of: null }
const named = (he: string): Labels => ({ he, en: '', ar: '', ru: '' })
const labels = (one: Labels): string[] => [one.he, one.en, one.ar, one.ru].filter(Boolean)

async function clinical(db: Db, sealer: Sealer, patient: PatientRow): Promise<Entry[]> {
  const [letters, reported] = await Promise.all([listLetters(db, { patientId: patient.id }), reportedOf(db, patient.id)])
  return [
    { ...bare, kind: 'alert', id: patient.id, at: null, texts: [openAlerts(sealer, patient)] },
    ...reported.map((row): Entry => ({ ...bare, kind: 'reported_alert', id: row.id, at: row.reported_at, texts: [reportedWords(sealer, row)] })),
    ...letters.map((row): Entry => {
      const { title, body, drugs } = openContent(sealer, row)
      return { ...bare, kind: 'letter', id: row.id, at: row.signed_at, by: row.signed_by_name, title: named(title), texts: [body, title, ...drugs.map(({ name, dose, quantity }) => `${name} ${dose} ${quantity}`), row.signed_by_name] }
    }),
  ]
}

async function plans(db: Db, ctx: Context, patientId: string): Promise<Entry[]> {
  const views = await planViews(db, ctx, await plansOf(db, patientId))
  return views.map((plan): Entry => {
    const items = plan.phases.flatMap((phase) => [phase.title, ...phase.items.flatMap(({ description, descriptionEn, tooth }) => [tooth ? `${description} (${tooth})` : description, descriptionEn])])
    return { ...bare, kind: 'plan', id: plan.id, at: instant(plan.createdAt), by: plan.writtenBy.name, title: named(plan.title), texts: [plan.title, ...items, plan.remarks ?? '', plan.reason, plan.writtenBy.name] }
  })
}

async function forms(db: Db, ctx: Context, sealer: Sealer, patientId: string): Promise<Entry[]> {
  const rows = await responsesOf(db, patientId)
  return rows.map((row): Entry => {
    const asked = fieldsAsked(row.content)
    const said = mayReadAnswers(ctx.actor, row.content) ? openAnswers(sealer, row) : []
    const answers = said.flatMap(({ fieldId, value }) => {
      const field = asked.find(({ id }) => id === fieldId)
      return field ? saidBy(field, value).map((words) => `${field.labels.he || field.labels.en}: ${words}`) : []
    })
    return { ...bare, kind: 'form', id: row.id, at: row.signed_at ?? row.created_at, title: row.content.title, texts: [...answers, ...labels(row.content.title)] }
  })
}

const opens: Readonly<Record<FieldSubject, Permission>> = { patient: 'patient.read', visit: 'diary.read', note: 'note.read' }

/** The clinic's own fields of the patient and of their visits and notes. */
async function fields(db: Db, ctx: Context, sealer: Sealer, patientId: string): Promise<Entry[]> {
  const [defined, rows] = await Promise.all([listFields(db), valuesOfPatient(db, patientId)])
  const open = new Map(defined.map(fieldOf).filter((field) => may(ctx.actor, opens[field.subject]) && maySee(ctx.actor, field)).map((field) => [field.id, field]))
  return rows.flatMap((row): Entry[] => {
    const field = open.get(row.field_id)
    const value = field && openValue(sealer, row)
    return field && value !== null && value !== undefined ? [{ ...bare, kind: 'field', id: row.id, at: row.recorded_at, title: field.labels, of: field.subject, texts: [...saidBy(field, value), ...labels(field.labels)] }] : []
  })
}

/** What a value says in words; a file is found among the documents. */
function saidBy({ kind, options }: Pick<Field, 'kind' | 'options'>, value: FieldValue): string[] {
  if (kind === 'file') return []
  if (kind !== 'choice' && kind !== 'choices') return [String(value)]
  const keys = typeof value === 'string' ? [value] : typeof value === 'number' ? [] : value
  return keys.flatMap((key) => labels(options.find((option) => option.key === key)?.labels ?? named(key)))
}
