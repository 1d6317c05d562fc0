import type { waitlistRoutes } from '@yoman/contract/waitlist'
import { instant } from '@yoman/domain/time'
import { composeOfferMessage } from '@yoman/messaging/offers/compose'
import { declineOffer, takeOffer, withdrawOffer } from '@yoman/use-cases/waitlist/answer'
import { addToWaitlist, changeEntry, closeEntry, reopenEntry } from '@yoman/use-cases/waitlist/entries'
import { dismissFreePlace, freePlaces, matchesOf } from '@yoman/use-cases/waitlist/match'
import { offerPlace } from '@yoman/use-cases/waitlist/offer'
import { offersOfBranch, pageOfEntries } from '@yoman/use-cases/waitlist/read'
import { setWaitlistSettings, waitlistSettings } from '@yoman/use-cases/waitlist/settings'
import type { Handlers } from '../http/handler.ts'

export const waitlistHandlers = {
  'GET /waitlist': (ctx, { query }) => pageOfEntries(ctx, query),

  'POST /waitlist': (ctx, { body }) => addToWaitlist(ctx, body),

  'PATCH /waitlist/:id': (ctx, { params, body: { version, ...change } }) => changeEntry(ctx, params.id, version, change),

  'POST /waitlist/:id/closing': (ctx, { params, body }) => closeEntry(ctx, params.id, body.version, body.outcome),

  'POST /waitlist/:id/reopening': (ctx, { params, body }) => reopenEntry(ctx, params.id, body.version),

  'POST /waitlist-matches': async (ctx, { body }) => ({ items: await matchesOf(ctx, { ...body, startsAt: instant(body.startsAt) }) }),

  'GET /waitlist-places': async (ctx, { query }) => ({
    items: (await freePlaces(ctx, query.branchId)).map(({ row, fitting }) => ({
      id: row.id, branchId: row.branch_id, practitionerId: row.practitioner_id, startsAt: row.starts_at.toString(), endsAt: row.ends_at.toString(), freedAt: row.freed_at.toString(), fitting,
    })),
  }),

  'POST /waitlist-places/:id/dismissal': async (ctx, { params }) => {
    await dismissFreePlace(ctx, params.id)
    return null
  },

  'GET /waitlist-offers': (ctx, { query }) => offersOfBranch(ctx, query.branchId),

  'POST /waitlist-offers': async (ctx, { body }) => ({ items: await offerPlace(ctx, { ...body, startsAt: instant(body.startsAt) }, composeOfferMessage) }),

  'POST /waitlist-offers/:id/acceptance': (ctx, { params }) => takeOffer(ctx, params.id, 'desk'),

  'POST /waitlist-offers/:id/decline': (ctx, { params }) => declineOffer(ctx, params.id, 'desk', composeOfferMessage),

  'POST /waitlist-offers/:id/withdrawal': (ctx, { params }) => withdrawOffer(ctx, params.id),

  'GET /waitlist-settings': (ctx) => waitlistSettings(ctx),

  'PUT /waitlist-settings': (ctx, { body }) => setWaitlistSettings(ctx, body),
} satisfies Handlers<keyof typeof waitlistRoutes>
