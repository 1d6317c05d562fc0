import { type Static, Type } from 'typebox'
import { roles } from '@yoman/domain/access'
import { askings, fieldKinds, fieldSubjects, sensitivities } from '@yoman/domain/fields/field'
import { ById, Choice, Exact, InstantText, Line, Nothing, Nullable, Text, Uuid, Version } from './common.ts'
import { routeTable } from './route.ts'

/** Words in the languages of patients; what is empty is said in Hebrew, else in English. */
export const Labels = Exact({ he: Line(200), en: Line(200), ar: Line(200), ru: Line(200) })
const Key = Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$', description: 'small Latin letters, digits and _' })

export const FieldOption = Exact({ key: Type.String({ pattern: '^[a-z0-9][a-z0-9_]{0,39}$' }), labels: Labels, alert: Type.Boolean(), retired: Type.Boolean() })

const words = {
  labels: Labels,
  hints: Labels,
  group: Labels,
  options: Type.Array(FieldOption, { maxItems: 100 }),
  unit: Line(20),
  formula: Line(500),
  sensitivity: Choice(sensitivities),
  /** Of those who see it; empty: everyone who may write of its class. */
  editors: Type.Array(Choice(roles), { maxItems: 6, uniqueItems: true }),
  asked: Choice(askings),
  raisesAlert: Type.Boolean(),
}
const fixed = { subject: Choice(fieldSubjects), key: Key, kind: Choice(fieldKinds) }

export const Field = Exact({ id: Uuid, ...fixed, ...words, retired: Type.Boolean(), version: Version, /** Whether the one who asks sees values of it, and may change them. */ sees: Type.Boolean(), edits: Type.Boolean() })
export type Field = Static<typeof Field>

/** Text, number, ISO date, the key of an option, keys of options, or an attachment's id; null: none. */
export const Value = Type.Union([Text(2_000), Type.Number(), Type.Array(Line(40), { maxItems: 100 }), Type.Null()])
const source = Choice(['desk', 'form', 'import'])

/** `version` 0: calculated now, or never said. */
export const FieldValueNow = Exact({ fieldId: Uuid, value: Value, version: Type.Integer({ minimum: 0 }), source: Nullable(source), recordedBy: Nullable(Uuid), recordedAt: Nullable(InstantText) })
export type FieldValueNow = Static<typeof FieldValueNow>
/** `asked`: the fields that the reader should have answered now, by when they are asked. */
export const FieldValues = Exact({ items: Type.Array(FieldValueNow), asked: Type.Array(Uuid) })

/** Values on top of the versions that were read; 0 where there was none. */
const Changes = Exact({ values: Type.Array(Exact({ fieldId: Uuid, value: Value, version: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }) }), { minItems: 1, maxItems: 200 }) })
const problems = ['field_value_wrong', 'field_not_yours', 'stale_version', 'reference_unknown'] as const

export const fieldRoutes = routeTable({
  'GET /fields': { permission: 'settings.read', audit: 'none', summary: "The clinic's own fields in their order; those out of use too.", status: 200, response: Exact({ items: Type.Array(Field) }) },
  'POST /fields': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Add a field to patients, visits or notes; it stands last.',
    body: Exact({ id: Uuid, ...fixed, ...words }),
    status: 201,
    response: Field,
    problems: ['id_taken', 'field_key_taken', 'field_label_missing', 'field_options_missing', 'field_form_wrong', 'formula_wrong', 'formula_leaks'],
  },
  'PUT /fields/:id': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Change a field, or put it out of use. Kind and key stay, options are retired, what is sealed stays sealed.',
    params: ById,
    body: Exact({ version: Version, ...words, retired: Type.Boolean() }),
    status: 200,
    response: Field,
    problems: ['stale_version', 'field_label_missing', 'field_options_missing', 'field_form_wrong', 'formula_wrong', 'formula_leaks'],
  },
  'PUT /field-order': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'The order of the fields of one kind.',
    body: Exact({ subject: Choice(fieldSubjects), ids: Type.Array(Uuid, { minItems: 1, maxItems: 500, uniqueItems: true }) }),
    status: 204,
    response: Nothing,
  },
  'GET /patients/:id/fields': { permission: 'patient.read', audit: 'read', summary: "A patient's values of the clinic's own fields that the reader may see, calculated ones too.", params: ById, status: 200, response: FieldValues },
  'PUT /patients/:id/fields': { permission: 'patient.read', audit: 'write', summary: 'Write some values of a patient, each by whoever may.', params: ById, body: Changes, status: 200, response: FieldValues, problems },
  'GET /patients/:id/field-history': {
    permission: 'patient.read',
    audit: 'read',
    summary: 'What one value of a patient was, newest first.',
    params: ById,
    query: Exact({ fieldId: Uuid }),
    status: 200,
    response: Exact({ items: Type.Array(Exact({ value: Value, version: Version, source, recordedBy: Nullable(Uuid), recordedAt: InstantText })) }),
    problems: ['field_not_yours'],
  },
  'GET /appointments/:id/fields': { permission: 'diary.read', audit: 'read', summary: "A visit's values of the clinic's own fields that the reader may see.", params: ById, status: 200, response: FieldValues },
  'PUT /appointments/:id/fields': { permission: 'diary.read', audit: 'write', summary: 'Write some values of a visit, each by whoever may.', params: ById, body: Changes, status: 200, response: FieldValues, problems },
  'GET /encounters/:id/fields': { permission: 'note.read', audit: 'read', summary: "A note's values of the clinic's own fields.", params: ById, status: 200, response: FieldValues },
  'PUT /encounters/:id/fields': { permission: 'note.read', audit: 'write', summary: 'Write some values of a note that is not signed yet, each by whoever may.', params: ById, body: Changes, status: 200, response: FieldValues, problems: [...problems, 'note_already_signed'] },
})
