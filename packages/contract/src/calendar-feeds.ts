import { Type } from 'typebox'
import { Exact, InstantText, Nothing, Nullable, Uuid } from './common.ts'
import { routeTable } from './route.ts'

const Feed = Exact({ id: Uuid, createdAt: InstantText })

export const calendarFeedRoutes = routeTable({
  'GET /me/calendar-feed': {
    permission: 'session.own',
    audit: 'none', // that I have one
    summary: 'The address by which my own calendar program reads my diary, if there is one; its secret is told once, when it is made.',
    status: 200,
    response: Exact({ hasDiary: Type.Boolean(), feed: Nullable(Feed) }),
  },
  'POST /me/calendar-feeds': {
    permission: 'session.own',
    audit: 'write',
    summary: 'Make one, of a secret that nobody is told again; what I had before is switched off. The same id and secret again answer the same.',
    body: Exact({ id: Uuid, secret: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }) }),
    status: 201,
    response: Feed,
    problems: ['id_taken'],
  },
  'DELETE /me/calendar-feed': { permission: 'session.own', audit: 'write', summary: 'Switch it off for good.', status: 204, response: Nothing },
})
