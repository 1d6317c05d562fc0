import { type Static, Type } from 'typebox'
import { diaryChangeKinds } from '@yoman/domain/appointments/diary-changes'
import { Choice, Exact, InstantText, Nothing, Nullable, Uuid } from './common.ts'
import { routeTable } from './route.ts'

/** Something that somebody else did to a visit. Where it stands now may be elsewhere than where the change put it. */
export const DiaryChange = Exact({
  id: Uuid,
  at: InstantText,
  kind: Choice(diaryChangeKinds),
  /** Null: the patient, or the system by itself. */
  by: Nullable(Exact({ name: Type.String(), nameEn: Type.String() })),
  /** By the link of a message or by a reply. */
  byPatient: Type.Boolean(),
  appointmentId: Uuid,
  patient: Nullable(Exact({ name: Type.String(), nameLatin: Type.String() })),
  /** Of a move: where it was and where it went. */
  from: Nullable(Exact({ startsAt: InstantText, practitionerId: Uuid })),
  to: Nullable(Exact({ startsAt: InstantText, practitionerId: Uuid })),
  /** Where the visit stands now. */
  startsAt: InstantText,
  practitionerId: Uuid,
  cancelled: Type.Boolean(),
  /** Since I last looked, or since I signed in where I never did. */
  unseen: Type.Boolean(),
})
export type DiaryChange = Static<typeof DiaryChange>

export const diaryChangeRoutes = routeTable({
  'GET /diary-changes': {
    permission: 'diary.read',
    audit: 'none', // what the diary on the wall shows, in another order
    summary: 'The last hundred changes that others made to the visits of a branch, newest first.',
    query: Exact({ branchId: Uuid }),
    status: 200,
    response: Exact({ items: Type.Array(DiaryChange), unseen: Type.Integer() }),
  },
  'PUT /diary-changes/seen': {
    permission: 'diary.read',
    audit: 'none', // how far I have read
    summary: 'I have seen the changes of a branch up to this one.',
    body: Exact({ branchId: Uuid, changeId: Uuid }),
    status: 204,
    response: Nothing,
  },
})
