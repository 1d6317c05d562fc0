import { type Static, Type } from 'typebox'
import { fieldKinds, sensitivities } from '@yoman/domain/fields/field'
import { formKinds } from '@yoman/domain/forms/form'
import { ById, Choice, Exact, InstantText, Line, Nullable, Text, Uuid, Version } from './common.ts'
import { FieldOption, Labels, Value } from './fields.ts'
import { routeTable } from './route.ts'

const Tongue = Choice(['he', 'en', 'ar', 'ru'])
/** A paragraph in the languages of patients. */
const Words = Exact({ he: Text(4_000), en: Text(4_000), ar: Text(4_000), ru: Text(4_000) })

const FormItem = Type.Union([Exact({ kind: Type.Literal('text'), words: Words }), Exact({ kind: Type.Literal('field'), fieldId: Uuid, required: Type.Boolean() })])
const AskedField = Exact({ id: Uuid, kind: Choice(fieldKinds), labels: Labels, hints: Labels, unit: Type.String(), options: Type.Array(FieldOption), sensitivity: Choice(sensitivities), raisesAlert: Type.Boolean() })
const ShownItem = Type.Union([Exact({ kind: Type.Literal('text'), words: Words }), Exact({ kind: Type.Literal('field'), required: Type.Boolean(), field: AskedField })])
export const FormContent = Exact({ title: Labels, items: Type.Array(ShownItem) })
export type FormContent = Static<typeof FormContent>

const draft = { kind: Choice(formKinds), signed: Type.Boolean(), title: Labels, items: Type.Array(FormItem, { minItems: 1, maxItems: 100 }) }
export const Form = Exact({ id: Uuid, kind: Choice(formKinds), signed: Type.Boolean(), latest: Type.Integer(), content: FormContent, retired: Type.Boolean(), version: Version })
export type Form = Static<typeof Form>

const state = Choice(['open', 'signed', 'withdrawn', 'expired'])
export const FormResponse = Exact({
  id: Uuid,
  formId: Uuid,
  formSeq: Type.Integer(),
  patientId: Uuid,
  appointmentId: Nullable(Uuid),
  title: Labels,
  language: Tongue,
  givenBy: Choice(['sms', 'here']),
  state,
  /** Something was answered already. */
  begun: Type.Boolean(),
  messageState: Nullable(Type.String()),
  createdAt: InstantText,
  expiresAt: InstantText,
  signedAt: Nullable(InstantText),
  /** Whether the reader may open the answers. */
  mayRead: Type.Boolean(),
})
export type FormResponse = Static<typeof FormResponse>

const Answer = Exact({ fieldId: Uuid, value: Value })
const Answers = Type.Array(Answer, { maxItems: 100 })
const Stroke = Type.Array(Type.Integer({ minimum: 0, maximum: 1_000 }), { maxItems: 4_000 })
const Signature = Exact({ name: Line(120, 2), as: Choice(['patient', 'guardian']), strokes: Type.Array(Stroke, { maxItems: 200 }), typed: Type.Boolean() })

/** What was shown and answered, whole. */
export const FormRecord = Exact({ response: FormResponse, content: FormContent, answers: Answers, signature: Nullable(Signature), signedHash: Nullable(Type.String()) })
export type FormRecord = Static<typeof FormRecord>

/** What a patient is asked: without who reads it and which answers are alerts. */
const PublicField = Exact({ id: Uuid, kind: Choice(fieldKinds), labels: Labels, hints: Labels, unit: Type.String(), options: Type.Array(Exact({ key: Type.String(), labels: Labels })) })
const PublicItem = Type.Union([Exact({ kind: Type.Literal('text'), words: Words }), Exact({ kind: Type.Literal('field'), required: Type.Boolean(), field: PublicField })])
export const PublicContent = Exact({ title: Labels, items: Type.Array(PublicItem) })
export type PublicContent = Static<typeof PublicContent>

/** The patient's page: nothing of the record, not even a name. */
export const FormView = Exact({
  clinicName: Type.String(),
  clinicNameEn: Type.String(),
  phone: Type.String(),
  language: Tongue,
  state,
  /** Whether it ends with a signature. */
  signed: Type.Boolean(),
  content: Nullable(PublicContent),
  /** Only for the browser that wrote them. */
  answers: Answers,
  begunElsewhere: Type.Boolean(),
  saves: Type.Integer(),
})
export type FormView = Static<typeof FormView>

const link = { token: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }), /** 256 random bits of this browser, in base64url. */ device: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }) }

export const ReportedAlert = Exact({ id: Uuid, responseId: Uuid, words: Type.String(), reportedAt: InstantText })
export type ReportedAlert = Static<typeof ReportedAlert>

export const formRoutes = routeTable({
  'GET /forms': { permission: 'settings.read', audit: 'none', summary: "The clinic's forms as they are now.", status: 200, response: Exact({ items: Type.Array(Form) }) },
  'POST /forms': { permission: 'settings.write', audit: 'write', summary: 'Make a form of texts and fields of patients.', body: Exact({ id: Uuid, ...draft }), status: 201, response: Form, problems: ['id_taken', 'form_empty', 'form_field_unfit', 'form_classes_mixed'], bodyLimit: 1_048_576 },
  'PUT /forms/:id': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Change a form. What changes its words or questions is a new version; what was given before stays as it was.',
    params: ById,
    body: Exact({ version: Version, ...draft, retired: Type.Boolean() }),
    status: 200,
    response: Form,
    problems: ['stale_version', 'form_empty', 'form_field_unfit', 'form_classes_mixed'],
    bodyLimit: 1_048_576,
  },
  'GET /patients/:id/forms': { permission: 'patient.read', audit: 'read', summary: "A patient's forms, newest first, without answers.", params: ById, status: 200, response: Exact({ items: Type.Array(FormResponse) }) },
  'POST /patients/:id/forms': {
    permission: 'patient.write',
    audit: 'write',
    summary: 'Give a patient a form: by SMS with a link, or here, where the answer has the link.',
    params: ById,
    body: Exact({ id: Uuid, formId: Uuid, branchId: Uuid, appointmentId: Nullable(Uuid), language: Tongue, by: Choice(['sms', 'here']) }),
    status: 201,
    response: Exact({ response: FormResponse, link: Nullable(Type.String()) }),
    problems: ['id_taken', 'form_retired', 'reference_unknown', 'no_consent', 'nothing_to_send_to'],
  },
  'GET /form-responses/:id': { permission: 'patient.read', audit: 'read', summary: 'What was shown, answered and signed, for whoever may see every field of it.', params: ById, status: 200, response: FormRecord, problems: ['form_not_yours'] },
  'POST /form-responses/:id/withdrawal': { permission: 'patient.write', audit: 'write', summary: 'Close a link that is not needed any more.', params: ById, status: 200, response: FormResponse, problems: ['form_closed'] },
  'GET /patients/:id/reported-alerts': { permission: 'note.read', audit: 'read', summary: 'What the patient reported and nobody has settled.', params: ById, status: 200, response: Exact({ items: Type.Array(ReportedAlert) }) },
  'POST /reported-alerts/:id/settlement': {
    permission: 'note.write',
    audit: 'write',
    summary: "Take it into the record's alerts, beside what stands there, or say that it is none.",
    params: ById,
    body: Exact({ as: Choice(['accepted', 'dismissed']) }),
    status: 200,
    response: Exact({ id: Uuid, status: Choice(['reported', 'accepted', 'dismissed']) }),
    problems: ['alert_settled'],
  },
  'POST /form-views': { permission: 'public', audit: 'write', summary: "The patient's page: what to read and answer. Looking changes nothing.", body: Exact(link), status: 200, response: FormView },
  'PUT /form-answers': {
    permission: 'public',
    audit: 'write',
    summary: 'Keep what was answered so far, on top of what the same browser kept.',
    body: Exact({ ...link, answers: Answers, saves: Type.Integer({ minimum: 0, maximum: 1_000_000 }) }),
    status: 200,
    response: Exact({ saves: Type.Integer() }),
    problems: ['form_closed', 'field_value_wrong', 'stale_version'],
    bodyLimit: 262_144,
  },
  'POST /form-submissions': {
    permission: 'public',
    audit: 'write',
    summary: 'Hand the form in, signed where it ends with a signature.',
    body: Exact({ ...link, language: Tongue, answers: Answers, signature: Nullable(Signature) }),
    status: 200,
    response: FormView,
    problems: ['form_closed', 'field_value_wrong', 'form_answer_missing', 'form_signature_missing'],
    bodyLimit: 524_288,
  },
})
