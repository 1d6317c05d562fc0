import { type Static, Type } from 'typebox'
import { endings, findingKinds } from '@yoman/domain/teeth/finding'
import { ById, Choice, Exact, InstantText, Nullable, Uuid } from './common.ts'
import { routeTable } from './route.ts'

/** ISO 3950: 11 to 48, milk teeth 51 to 85. */
export const ToothText = Type.String({ pattern: '^[1-8][1-8]$', description: 'ISO 3950' })
/** Faces of a tooth out of M, O (I), D, B (V, F) and L (P); empty for the whole tooth. */
export const SurfacesText = Type.String({ pattern: '^[A-Za-z]{0,5}$', description: 'M, O or I, D, B, V or F, L or P' })

/** What is seen of a tooth or planned for it. */
export const ToothFinding = Exact({
  id: Uuid,
  tooth: Type.String(),
  kind: Choice(findingKinds),
  state: Choice(['existing', 'planned']),
  surfaces: Type.String(),
  recordedBy: Uuid,
  recordedAt: InstantText,
  endedAs: Nullable(Choice(endings)),
  endedBy: Nullable(Uuid),
  endedAt: Nullable(InstantText),
})
export type ToothFinding = Static<typeof ToothFinding>

/** What was done to a tooth, as its encounter has it. */
const ToothWork = Exact({ procedureId: Uuid, encounterId: Uuid, tooth: Type.String(), surfaces: Type.String(), description: Type.String(), practitionerId: Uuid, at: InstantText, signed: Type.Boolean() })
export type ToothWork = Static<typeof ToothWork>

/** What a treatment plan means to do to a tooth and nobody has done yet; `agreed` where the patient has signed. */
const ToothPlan = Exact({ itemId: Uuid, planId: Uuid, tooth: Type.String(), surfaces: Type.String(), description: Type.String(), findingId: Nullable(Uuid), agreed: Type.Boolean() })
export type ToothPlan = Static<typeof ToothPlan>

export const Teeth = Exact({ findings: Type.Array(ToothFinding), done: Type.Array(ToothWork), planned: Type.Array(ToothPlan) })
export type Teeth = Static<typeof Teeth>

export const teethRoutes = routeTable({
  'GET /patients/:id/teeth': { permission: 'note.read', audit: 'read', summary: "A patient's teeth: what is seen, planned and was done, oldest first; also what has ended.", params: ById, status: 200, response: Teeth },
  'POST /patients/:id/tooth-findings': {
    permission: 'note.write',
    audit: 'write',
    summary: 'Note something of a tooth. What is noted already, or the same id again, answers what stands.',
    params: ById,
    body: Exact({ id: Uuid, tooth: ToothText, kind: Choice(findingKinds), state: Choice(['existing', 'planned']), surfaces: Type.Optional(SurfacesText) }),
    status: 201,
    response: ToothFinding,
    problems: ['tooth_unknown', 'surface_unknown', 'finding_form_wrong', 'id_taken'],
  },
  'POST /tooth-findings/:id/ending': {
    permission: 'note.write',
    audit: 'write',
    summary: 'It was done, the mouth changed, or it was a mistake; the row stays. Ending the same way twice is fine.',
    params: ById,
    body: Exact({ as: Choice(endings) }),
    status: 200,
    response: ToothFinding,
    problems: ['finding_ended'],
  },
  'POST /tooth-findings/:id/reopening': {
    permission: 'note.write',
    audit: 'write',
    summary: 'Take the ending back, unless the same is noted again meanwhile.',
    params: ById,
    status: 200,
    response: ToothFinding,
    problems: ['finding_known'],
  },
})
