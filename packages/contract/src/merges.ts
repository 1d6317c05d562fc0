import { type Static, Type } from 'typebox'
import { ById, Choice, DateText, Exact, InstantText, Line, Nullable, Uuid } from './common.ts'
import { Patient } from './patients.ts'
import { routeTable } from './route.ts'

export const mergeFields = ['name', 'nameLatin', 'identifier', 'birthDate', 'sex', 'phones', 'email', 'address', 'healthFund', 'language', 'deskNote', 'referralSource', 'active'] as const
/** `both`: of phones and desk notes only. */
const one = Type.Optional(Choice(['survivor', 'merged', 'both']))
/** Whose word stays, field by field; what is absent goes the usual way. Alerts of both always stay. */
const MergeChoices = Exact({
  name: one, nameLatin: one, identifier: one, birthDate: one, sex: one, phones: one, email: one,
  address: one, healthFund: one, language: one, deskNote: one, referralSource: one, active: one,
})

const OneOfTwo = Exact({
  id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String(), birthDate: Nullable(DateText),
})

export const PatientMerge = Exact({
  id: Uuid,
  state: Choice(['proposed', 'declined', 'merged', 'undone']),
  survivor: OneOfTwo,
  merged: OneOfTwo,
  choices: MergeChoices,
  reason: Type.String(),
  proposedBy: Type.String(),
  /** Somebody else has to approve it. */
  proposedByMe: Type.Boolean(),
  proposedAt: InstantText,
  decidedBy: Nullable(Type.String()),
  decidedAt: Nullable(InstantText),
})
export type PatientMerge = Static<typeof PatientMerge>

const Counts = Type.Array(Exact({
  kind: Choice(['visits', 'notes', 'teeth', 'documents', 'messages', 'invoices', 'payments', 'tasks', 'calls', 'orders', 'plans', 'series', 'waitlist', 'consents', 'relations', 'answers', 'other']),
  count: Type.Integer({ minimum: 1 }),
}))

export const MergePreview = Exact({
  survivor: Patient,
  merged: Patient,
  /** Where the two differ, and what stays if nobody chooses. */
  fields: Type.Array(Exact({ field: Choice(mergeFields), usual: Choice(['survivor', 'merged', 'both']) })),
  comesOver: Counts,
})
export type MergePreview = Static<typeof MergePreview>

const choiceProblems = ['merge_phones_too_many', 'merge_note_too_long', 'merge_choice_wrong'] as const

export const mergeRoutes = routeTable({
  'POST /patient-merge-previews': {
    permission: 'patient.merge',
    audit: 'read',
    summary: 'Two records beside each other: what differs, and how much would come over from the second.',
    body: Exact({ survivorId: Uuid, mergedId: Uuid }),
    status: 200,
    response: MergePreview,
    problems: ['merge_of_one'],
  },
  'GET /patient-merges': {
    permission: 'patient.merge',
    audit: 'none', // names and dates; whose records they are is read one by one
    summary: 'Merges that wait for a second person, and those that stand and can be undone.',
    query: Exact({ patientId: Type.Optional(Uuid) }),
    status: 200,
    response: Exact({ items: Type.Array(PatientMerge) }),
  },
  'GET /patient-merges/:id': {
    permission: 'patient.merge',
    audit: 'read',
    summary: 'One merge: what it would do while it waits, what its undo would bring back when it stands.',
    params: ById,
    status: 200,
    response: Exact({ merge: PatientMerge, preview: Nullable(MergePreview), goesBack: Counts }),
  },
  'POST /patient-merges': {
    permission: 'patient.merge',
    audit: 'write',
    summary: 'Propose that two records are of one person. Another person approves it.',
    body: Exact({ id: Uuid, survivorId: Uuid, mergedId: Uuid, choices: MergeChoices, reason: Type.Optional(Line(300)) }),
    status: 201,
    response: PatientMerge,
    problems: ['merge_of_one', 'patient_merged', 'merge_proposed', 'id_taken', ...choiceProblems],
  },
  'POST /patient-merges/:id/approval': {
    permission: 'patient.approve_merge',
    audit: 'write',
    summary: 'Make one record of the two. Refused to whoever proposed it.',
    params: ById,
    status: 200,
    response: PatientMerge,
    problems: ['merge_by_self', 'merge_decided', 'patient_merged', ...choiceProblems],
  },
  'POST /patient-merges/:id/refusal': {
    permission: 'patient.merge',
    audit: 'write',
    summary: 'Leave both records as they are.',
    params: ById,
    status: 200,
    response: PatientMerge,
    problems: ['merge_decided'],
  },
  'POST /patient-merges/:id/undo': {
    permission: 'patient.approve_merge',
    audit: 'write',
    summary: 'Make two records of one again. What was written since the merge stays with the survivor.',
    params: ById,
    status: 200,
    response: PatientMerge,
    problems: ['merge_not_standing', 'merge_not_last', 'national_id_taken'],
  },
})
