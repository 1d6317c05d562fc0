import { type Static, Type } from 'typebox'
import { Exact, InstantText, Nullable, Uuid } from './common.ts'
import { routeTable, stream } from './route.ts'

/** One `data:` line of the stream: what happened to what, never its contents. `clock.moved` (the demo alone) has no subject. */
export const LiveNotice = Exact({
  name: Type.String(),
  type: Type.String(),
  id: Nullable(Uuid),
  patient: Nullable(Uuid),
  branch: Nullable(Uuid),
  /** The session in which it was done, so that a screen knows its own doings. */
  session: Nullable(Uuid),
  /** The business clock of the server. */
  now: InstantText,
})
export type LiveNotice = Static<typeof LiveNotice>

export const liveRoutes = routeTable({
  'GET /live': {
    permission: 'session.own',
    audit: 'none',
    summary: 'Server-sent events of the clinic, as far as the roles open them; a comment every 15 seconds. Ends with the session.',
    status: 200,
    response: stream('text/event-stream'),
  },
})
