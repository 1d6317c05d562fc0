import { loadVisitPage, rulesFor, type VisitPageFacts, visitOfToken } from '@yoman/db/visit-links/queries'
import { findAppointment } from '@yoman/db/appointments/queries'
import { NotFound } from '@yoman/domain/refusal'
import type { Instant } from '@yoman/domain/time'
import { type LinkState, linkState, maySelf } from '@yoman/domain/visit-links/answer'
import { type Context, patientContext, type Services } from '../context.ts'
import { countMiss, countUse, type Visitor } from '../sessions/link-misses.ts'
import { answeringVisit, read } from '../transact.ts'
import { type Occurrence, tokenHash } from './link.ts'

export interface VisitPage extends VisitPageFacts {
  state: LinkState
  /** What the patient may do alone at this moment; else they call. */
  mayCancel: boolean
  mayMove: boolean
}

/** A link that opens something, and who stands before it. */
export interface OpenedLink extends Occurrence {
  ctx: Context
}

/** Finds the visit that a link opens. Throws `NotFound`, or `TooManyAttempts` after some wrong ones from one network. */
export async function openVisitLink(services: Services, token: string, now: Instant, visitor: Visitor): Promise<OpenedLink> {
  const found = await answeringVisit(services.pool, (db) => visitOfToken(db, tokenHash(token), now))
  if (found) return { ctx: patientContext(services, found.clinicId, now, visitor.ip), appointmentId: found.appointmentId, startsAt: found.startsAt }
  await countMiss(services, 'visit-network', visitor)
  throw new NotFound('visit link')
}

/** Counts what costs more than a look. Throws `TooManyAttempts` where one link asks without end. */
export const slowDown = (services: Services, token: string, visitor: Visitor): Promise<void> => countUse(services, `visit-link|${token}`, visitor)

/** The page as it is at this moment; looking changes nothing. */
export const readVisitPage = ({ ctx, appointmentId, startsAt }: OpenedLink): Promise<VisitPage> =>
  read(ctx, async (db) => {
    const [facts, visit] = await Promise.all([loadVisitPage(db, appointmentId), findAppointment(db, ctx.clinicId, appointmentId)])
    if (!facts || !visit) throw new NotFound('visit link')
    const rules = await rulesFor(db, visit.visitTypeId)
    return { ...facts, state: linkState(startsAt, facts, ctx.now), mayCancel: maySelf('cancel', rules, facts, ctx.now), mayMove: maySelf('move', rules, facts, ctx.now) }
  })
