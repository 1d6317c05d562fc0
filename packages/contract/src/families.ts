import { type Static, Type } from 'typebox'
import { ById, Choice, DateText, Exact, Nothing, Nullable, Uuid } from './common.ts'
import { PatientSummary, Relation } from './patient-parts.ts'
import { routeTable } from './route.ts'

export const subjects = ['appointments', 'clinical', 'money'] as const
const Subjects = Type.Array(Choice(subjects), { maxItems: 3, uniqueItems: true })

/** One of the family. `told`: what they may be told of this patient today; `expired`: what ended when the patient came of age. */
export const FamilyMember = Exact({ relationId: Uuid, kind: Relation.properties.kind, patient: PatientSummary, told: Subjects, expired: Subjects })
export type FamilyMember = Static<typeof FamilyMember>

export const Family = Exact({
  patientId: Uuid,
  minor: Type.Boolean(),
  /** The eighteenth birthday; null where the birth date is not known. */
  ofAgeOn: Nullable(DateText),
  members: Type.Array(FamilyMember),
  /** Others who have one of the patient's phones and are not said to be family. */
  samePhone: Type.Array(PatientSummary),
})
export type Family = Static<typeof Family>

export const ComesOfAge = Exact({
  patient: PatientSummary,
  ofAgeOn: DateText,
  /** Has had that birthday. */
  ofAge: Type.Boolean(),
  reasons: Type.Array(Choice(['guardian_told', 'guardian_phone', 'guardian_consent'])),
})
export type ComesOfAge = Static<typeof ComesOfAge>

export const familyRoutes = routeTable({
  'GET /patients/:id/family': {
    permission: 'patient.read',
    audit: 'read',
    summary: 'The family: who each is, what each may be told of this patient today, and who else has the same phone.',
    params: ById,
    status: 200,
    response: Family,
  },
  'PUT /patients/:id/relations/:relationId/told': {
    permission: 'patient.write',
    audit: 'write',
    summary: 'Say what the other one of a relation may be told of this patient, from today on.',
    params: Exact({ id: Uuid, relationId: Uuid }),
    body: Exact({ told: Subjects }),
    status: 200,
    response: Family,
  },
  'GET /coming-of-age': {
    permission: 'patient.write',
    audit: 'none', // a list of names and birthdays, as the list of patients is
    summary: 'Who turns or turned 18 in these weeks, whose guardian had a say, and whom nobody looked at yet.',
    status: 200,
    response: Exact({ items: Type.Array(ComesOfAge) }),
  },
  'POST /patients/:id/of-age-review': {
    permission: 'patient.write',
    audit: 'write',
    summary: 'Somebody looked at consents, phone and guardian of one who came of age.',
    params: ById,
    status: 204,
    response: Nothing,
    problems: ['patient_merged'],
  },
  'DELETE /patients/:id/of-age-review': {
    permission: 'patient.write',
    audit: 'write',
    summary: 'Take that back.',
    params: ById,
    status: 204,
    response: Nothing,
    problems: ['patient_merged'],
  },
})
