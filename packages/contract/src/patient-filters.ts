import { type Static, Type } from 'typebox'
import { attachmentKinds } from '@yoman/domain/attachments/kind'
import { mostConditions } from '@yoman/domain/patients/filter'
import { ById, Choice, DateText, Exact, Line, Nothing, Nullable, PageQuery, Uuid, Version } from './common.ts'
import { PatientSummary } from './patient-parts.ts'
import { healthFunds, languages } from './patients.ts'
import { routeTable } from './route.ts'

const is = <const K extends string>(kind: K) => ({ kind: Type.Literal(kind) })
const Years = Nullable(Type.Integer({ minimum: 0, maximum: 150 }))
const Figure = Nullable(Type.Number({ minimum: -1e12, maximum: 1e12 }))

/** How patients are chosen; all conditions of a list must hold. */
export const Condition = Type.Union([
  Exact({ ...is('age'), from: Years, to: Years }),
  Exact({ ...is('not_seen'), months: Nullable(Type.Integer({ minimum: 1, maximum: 240 })) }),
  Exact({ ...is('next_visit'), has: Type.Boolean() }),
  Exact({ ...is('visit_type'), visitTypeId: Uuid }),
  Exact({ ...is('practitioner'), practitionerId: Uuid }),
  Exact({ ...is('branch'), branchId: Uuid }),
  Exact({ ...is('tag'), tagId: Uuid, has: Type.Boolean() }),
  Exact({ ...is('language'), language: Choice(languages) }),
  Exact({ ...is('health_fund'), fund: Nullable(Choice(healthFunds)) }),
  Exact({ ...is('document'), document: Choice(attachmentKinds), has: Type.Boolean() }),
  Exact({ ...is('field_options'), fieldId: Uuid, keys: Type.Array(Line(40, 1), { minItems: 1, maxItems: 100 }) }),
  Exact({ ...is('field_number'), fieldId: Uuid, from: Figure, to: Figure }),
  Exact({ ...is('field_date'), fieldId: Uuid, from: Nullable(DateText), to: Nullable(DateText) }),
  Exact({ ...is('field_missing'), fieldId: Uuid }),
])
export type Condition = Static<typeof Condition>
const Conditions = Type.Array(Condition, { minItems: 1, maxItems: mostConditions })

/** A list that was kept: of the clinic, or one's own. `mayChange`: whoever wrote it, and the owner. */
export const PatientFilter = Exact({ id: Uuid, name: Line(80, 1), own: Type.Boolean(), conditions: Conditions, mayChange: Type.Boolean(), version: Version })
export type PatientFilter = Static<typeof PatientFilter>

const problems = ['patient_filter_name_taken', 'field_not_yours', 'filter_field_unfit', 'filter_range_wrong'] as const

export const patientFilterRoutes = routeTable({
  'POST /patient-lists': {
    permission: 'patient.read',
    audit: 'none', // shows what the list of all patients shows
    summary: 'Patients of whom all conditions hold, by family name. By clinical fields nobody is chosen: their values are sealed.',
    body: Exact({ conditions: Conditions, ...PageQuery }),
    status: 200,
    response: Exact({ items: Type.Array(PatientSummary), next: Nullable(Type.String()) }),
    problems: ['field_not_yours', 'filter_field_unfit', 'filter_range_wrong', 'cursor_invalid'],
  },
  'POST /patient-counts': {
    permission: 'patient.read',
    audit: 'none',
    summary: 'How many patients there are of whom all conditions hold.',
    body: Exact({ conditions: Conditions }),
    status: 200,
    response: Exact({ count: Type.Integer({ minimum: 0 }) }),
    problems: ['field_not_yours', 'filter_field_unfit', 'filter_range_wrong'],
  },
  'GET /patient-filters': { permission: 'patient.read', audit: 'none', summary: "The lists that were kept: the clinic's and my own, those that I may use.", status: 200, response: Exact({ items: Type.Array(PatientFilter) }) },
  'POST /patient-filters': {
    permission: 'patient.read',
    audit: 'write',
    summary: "Keep a list under a name, for myself or (`patient.write`) for everybody here. The same id again answers the same one.",
    body: Exact({ id: Uuid, name: Line(80, 1), own: Type.Boolean(), conditions: Conditions }),
    status: 201,
    response: PatientFilter,
    problems: ['id_taken', ...problems],
  },
  'PUT /patient-filters/:id': { permission: 'patient.read', audit: 'write', summary: 'Change a list that was kept.', params: ById, body: Exact({ version: Version, name: Line(80, 1), conditions: Conditions }), status: 200, response: PatientFilter, problems: ['stale_version', ...problems] },
  'DELETE /patient-filters/:id': { permission: 'patient.read', audit: 'write', summary: 'Forget a list that was kept.', params: ById, status: 204, response: Nothing },
})
