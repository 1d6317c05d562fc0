import { type Static, Type } from 'typebox'
import { paperKinds } from '@yoman/domain/papers/paper'
import { ById, Choice, DateText, Exact, InstantText, Nothing, Nullable, Uuid } from './common.ts'
import { routeTable } from './route.ts'

const Kind = Choice(paperKinds)

/** That somebody has the paper of a visit in hand. */
const PaperReceipt = Exact({ appointmentId: Uuid, kind: Kind, receivedAt: InstantText, byStaffId: Nullable(Uuid) })

/** A visit to come whose paper nobody has seen yet. */
export const MissingPaper = Exact({
  appointmentId: Uuid,
  practitionerId: Uuid,
  visitTypeId: Uuid,
  startsAt: InstantText,
  kind: Kind,
  patient: Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String(), phone: Nullable(Type.String()) }),
})
export type MissingPaper = Static<typeof MissingPaper>

export const paperRoutes = routeTable({
  'GET /missing-papers': {
    permission: 'diary.read',
    audit: 'none', // the diary marks the same visits
    summary: 'Visits from now to the end of a day whose form 17 or referral is still missing, soonest first.',
    query: Exact({ branchId: Uuid, until: DateText }),
    status: 200,
    response: Exact({ items: Type.Array(MissingPaper) }),
    problems: ['too_long'],
  },
  'POST /appointments/:id/paper': {
    permission: 'appointment.flow',
    audit: 'write',
    summary: 'The paper that the visit asks for is here. A second time answers the first.',
    params: ById,
    status: 200,
    response: PaperReceipt,
    problems: ['paper_not_asked', 'appointment_is_final'],
  },
  'DELETE /appointments/:id/paper': {
    permission: 'appointment.flow',
    audit: 'write',
    summary: 'It was a mistake: the paper is missing again. One that nobody received is fine; what was filed stays filed.',
    params: ById,
    status: 204,
    response: Nothing,
  },
})
