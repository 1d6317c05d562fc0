import type { calendarFeedRoutes } from '@yoman/contract/calendar-feeds'
import { closeFeed, myFeed, openFeed } from '@yoman/use-cases/calendar-feeds/feed'
import type { Handlers } from '../http/handler.ts'

export const calendarFeedHandlers = {
  'GET /me/calendar-feed': (ctx) => myFeed(ctx),
  'POST /me/calendar-feeds': (ctx, { body }) => openFeed(ctx, body),
  'DELETE /me/calendar-feed': async (ctx) => {
    await closeFeed(ctx)
    return null
  },
} satisfies Handlers<keyof typeof calendarFeedRoutes>
