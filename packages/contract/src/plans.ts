import { type Static, Type } from 'typebox'
import { planStatuses, planSteps } from '@yoman/domain/plans/plan'
import { documentLanguages, signatureBox } from '@yoman/domain/plans/shown'
import { Agorot, ById, Choice, DateText, Exact, InstantText, Line, Nullable, Text, Uuid, Version } from './common.ts'
import { Order } from './orders.ts'
import { PriceBy } from './prices.ts'
import { file, routeTable } from './route.ts'
import { SurfacesText, ToothText } from './teeth.ts'

const range = { leastAgorot: Type.Integer(), mostAgorot: Type.Integer() }
const Language = Choice(documentLanguages)

const PlanItem = Exact({
  id: Uuid,
  priceItemId: Uuid,
  description: Type.String(),
  descriptionEn: Type.String(),
  tooth: Nullable(Type.String()),
  surfaces: Type.String(),
  quantity: Type.Integer(),
  /** Of one, with VAT. */
  ...range,
  priceBy: PriceBy,
  estimated: Type.Boolean(),
  findingId: Nullable(Uuid),
  doneQuantity: Type.Integer(),
  doneAt: Nullable(InstantText),
})

const PlanPhase = Exact({
  id: Uuid,
  title: Type.String(),
  visitTypeId: Nullable(Uuid),
  practitionerId: Nullable(Uuid),
  minutes: Nullable(Type.Integer()),
  total: Exact(range),
  setAside: Nullable(Exact({ at: InstantText, by: Uuid, reason: Type.String() })),
  /** Why it waits for the desk; null where it does not. */
  waiting: Nullable(Choice(['never_booked', 'visit_cancelled', 'work_remains'])),
  visits: Type.Array(Exact({ id: Uuid, startsAt: InstantText, status: Type.String() })),
  items: Type.Array(PlanItem),
})

/** A treatment plan: phases of items with prices, and what became of it. */
export const TreatmentPlan = Exact({
  id: Uuid,
  patientId: Uuid,
  branchId: Uuid,
  title: Type.String(),
  /** Clinical; null for whoever reads no notes. */
  remarks: Nullable(Type.String()),
  status: Choice(planStatuses),
  edition: Type.Integer(),
  replacesId: Nullable(Uuid),
  writtenBy: Exact({ staffId: Uuid, name: Type.String() }),
  createdAt: InstantText,
  offeredAt: Nullable(InstantText),
  answeredAt: Nullable(InstantText),
  endedAt: Nullable(InstantText),
  reason: Type.String(),
  version: Version,
  total: Exact(range),
  /** Who signed, in which language it was shown, who witnessed it, and whether its document is in the record yet. */
  signature: Nullable(Exact({ name: Type.String(), signer: Choice(['patient', 'guardian']), method: Choice(['drawn', 'typed']), language: Language, signedAt: InstantText, hash: Type.String(), witness: Type.String(), attachmentId: Uuid, filed: Type.Boolean() })),
  phases: Type.Array(PlanPhase),
})
export type TreatmentPlan = Static<typeof TreatmentPlan>

const ShownItem = Exact({ description: Type.String(), tooth: Nullable(Type.String()), surfaces: Type.String(), quantity: Type.Integer(), ...range })
/** The very words that the patient sees and signs. */
export const Shown = Exact({
  form: Type.Literal(1),
  planId: Uuid,
  edition: Type.Integer(),
  language: Language,
  title: Type.String(),
  clinic: Exact({ name: Type.String(), legalName: Type.String(), vatNumber: Type.String(), address: Type.String(), phone: Type.String() }),
  patient: Exact({ name: Type.String(), birthDate: Nullable(DateText) }),
  doctor: Type.String(),
  phases: Type.Array(Exact({ title: Type.String(), items: Type.Array(ShownItem), ...range })),
  total: Exact(range),
  declaration: Type.String(),
})
export type Shown = Static<typeof Shown>

/** A phase that was agreed and waits for the desk. */
export const AgreedPhase = Exact({
  id: Uuid,
  planId: Uuid,
  planTitle: Type.String(),
  title: Type.String(),
  position: Type.Integer(),
  phases: Type.Integer({ description: 'how many the plan has' }),
  branchId: Uuid,
  patient: Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String(), phone: Nullable(Type.String()) }),
  agreedAt: InstantText,
  waiting: Choice(['never_booked', 'visit_cancelled', 'work_remains']),
  visitTypeId: Nullable(Uuid),
  practitionerId: Nullable(Uuid),
  minutes: Nullable(Type.Integer()),
  ...range,
})
export type AgreedPhase = Static<typeof AgreedPhase>

const Point = Type.Array(Type.Integer({ minimum: 0, maximum: signatureBox.width }), { minItems: 2, maxItems: 2 })
const Strokes = Type.Array(Type.Array(Point, { minItems: 1, maxItems: 1_000 }), { maxItems: 60 })

const TypedItem = Exact({
  id: Uuid,
  priceItemId: Uuid,
  tooth: Type.Optional(Nullable(ToothText)),
  surfaces: Type.Optional(SurfacesText),
  quantity: Type.Integer({ minimum: 1, maximum: 99 }),
  /** Of one, with VAT; null takes the price that is proposed. */
  estimate: Type.Optional(Nullable(Exact({ leastAgorot: Agorot, mostAgorot: Agorot }))),
  findingId: Type.Optional(Nullable(Uuid)),
})
const TypedPhase = Exact({
  id: Uuid,
  title: Line(120),
  visitTypeId: Type.Optional(Nullable(Uuid)),
  practitionerId: Type.Optional(Nullable(Uuid)),
  minutes: Type.Optional(Nullable(Type.Integer({ minimum: 5, maximum: 720 }))),
  items: Type.Array(TypedItem, { maxItems: 50 }),
})
export type TypedPhase = Static<typeof TypedPhase>

export const planRoutes = routeTable({
  'GET /treatment-plans': {
    permission: 'plan.read',
    audit: 'read',
    summary: "A patient's treatment plans, newest first, all editions. Remarks only to whoever reads notes.",
    query: Exact({ patientId: Uuid }),
    status: 200,
    response: Exact({ items: Type.Array(TreatmentPlan) }),
  },
  'GET /treatment-plans/:id': { permission: 'plan.read', audit: 'read', summary: 'One plan.', params: ById, status: 200, response: TreatmentPlan },
  'POST /treatment-plans': {
    permission: 'plan.write',
    audit: 'write',
    summary: 'A new plan: a draft with one empty phase.',
    body: Exact({ id: Uuid, patientId: Uuid, branchId: Uuid, title: Line(120, 1) }),
    status: 201,
    response: TreatmentPlan,
    problems: ['reference_unknown', 'id_taken'],
  },
  'PUT /treatment-plans/:id': {
    permission: 'plan.write',
    audit: 'write',
    summary: 'Write the draft: title, remarks, phases and items; these and no others. An item that was there keeps its price.',
    params: ById,
    body: Exact({ version: Version, title: Line(120, 1), remarks: Text(4_000), phases: Type.Array(TypedPhase, { minItems: 1, maxItems: 12 }) }),
    bodyLimit: 256 * 1024,
    status: 200,
    response: TreatmentPlan,
    problems: ['stale_version', 'plan_not_a_draft', 'reference_unknown', 'tooth_unknown', 'surface_unknown', 'plan_estimate_invalid', 'id_taken'],
  },
  'POST /treatment-plans/:id/steps': {
    permission: 'plan.answer',
    audit: 'write',
    summary: 'Offer it, take the offer back to a draft, note that it was declined, or close it. Offering and taking back are the writer’s.',
    params: ById,
    body: Exact({ version: Version, to: Choice(planSteps), reason: Type.Optional(Line(300)) }),
    status: 200,
    response: TreatmentPlan,
    problems: ['stale_version', 'plan_step_not_allowed', 'plan_empty', 'plan_reason_missing'],
  },
  'GET /treatment-plans/:id/shown': {
    permission: 'plan.read',
    audit: 'read',
    summary: 'The plan in the words that the patient sees, in that language, and their hash: what is signed is what was shown.',
    params: ById,
    query: Exact({ language: Language }),
    status: 200,
    response: Exact({ shown: Shown, hash: Type.String(), words: Exact({ phase: Type.String(), total: Type.String(), withVat: Type.String() }) }),
  },
  'POST /treatment-plans/:id/acceptance': {
    permission: 'plan.answer',
    audit: 'write',
    summary: 'The signature on what was shown (`hash`), drawn or typed before a witness; its document is filed in the record. Again with the same id: the same, and filed where that had failed.',
    params: ById,
    body: Exact({ id: Uuid, attachmentId: Uuid, language: Language, hash: Type.String({ minLength: 64, maxLength: 64 }), name: Line(120, 1), signer: Choice(['patient', 'guardian']), strokes: Nullable(Strokes) }),
    bodyLimit: 512 * 1024,
    status: 201,
    response: TreatmentPlan,
    problems: ['plan_changed', 'plan_already_answered', 'plan_step_not_allowed', 'signature_missing', 'id_taken', 'storage_full', 'attachment_limit_reached', 'attachment_damaged'],
  },
  'POST /treatment-plans/:id/revision': {
    permission: 'plan.write',
    audit: 'write',
    summary: 'A new edition as a draft. The agreed one holds, and stays bookable, until the new one is signed.',
    params: ById,
    body: Exact({ id: Uuid }),
    status: 201,
    response: TreatmentPlan,
    problems: ['plan_step_not_allowed', 'plan_being_revised', 'id_taken'],
  },
  'GET /treatment-plans/:id/pdf': {
    permission: 'plan.read',
    audit: 'read',
    summary: 'To be printed: what was signed, as it was signed; else the plan as it is now, in the language asked for.',
    params: ById,
    query: Exact({ language: Type.Optional(Language) }),
    status: 200,
    response: file('application/pdf'),
  },
  'GET /agreed-phases': {
    permission: 'plan.read',
    audit: 'none',
    summary: 'What patients agreed to and nobody has booked, the longest waiting first; at most 200.',
    query: Exact({ branchId: Type.Optional(Uuid) }),
    status: 200,
    response: Exact({ items: Type.Array(AgreedPhase), count: Type.Integer() }),
  },
  'POST /agreed-phases/:id/order': {
    permission: 'order.book',
    audit: 'write',
    summary: 'The order by which the desk books this phase: the open one where there is one, else a new one. Kind of visit and length may be said where the plan does not.',
    params: ById,
    body: Exact({ id: Uuid, visitTypeId: Type.Optional(Uuid) }),
    status: 201,
    response: Order,
    problems: ['phase_not_waiting', 'phase_needs_visit_type', 'reference_unknown', 'id_taken', 'order_window_invalid'],
  },
  'POST /agreed-phases/:id/setting-aside': {
    permission: 'order.book',
    audit: 'write',
    summary: 'Off the list, with the reason.',
    params: ById,
    body: Exact({ reason: Line(300) }),
    status: 200,
    response: TreatmentPlan,
    problems: ['phase_not_waiting', 'plan_reason_missing'],
  },
  'POST /agreed-phases/:id/return': { permission: 'order.book', audit: 'write', summary: 'Back on the list.', params: ById, status: 200, response: TreatmentPlan },
})
