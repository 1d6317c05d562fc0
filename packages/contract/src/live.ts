import { type Static, Type } from 'typebox'
import { Choice, Exact, InstantText, Nullable, Uuid } from './common.ts'
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
  /** Of `presence.here`: who is in the note `id`; of `presence.gone`: the stream that has ended, with all that its window was in. */
  presence: Type.Optional(
    Type.Union([
      Exact({ tab: Uuid, line: Uuid, staffId: Uuid, doing: Choice(['reading', 'writing', 'left']), since: InstantText, seq: Type.Integer(), asks: Type.Boolean() }),
      Exact({ line: Uuid }),
    ]),
  ),
})
export type LiveNotice = Static<typeof LiveNotice>

export const liveRoutes = routeTable({
  'GET /live': {
    permission: 'session.own',
    audit: 'none',
    summary: 'Server-sent events of the clinic, as far as the roles open them; a comment every 15 seconds. Ends with the session.',
    /** A name of this stream, made by the window: what it told under it ends with it. */
    query: Exact({ line: Type.Optional(Uuid) }),
    status: 200,
    response: stream('text/event-stream'),
  },
})
