import { type Static, Type } from 'typebox'
import { Exact, Uuid } from './common.ts'
import { routeTable } from './route.ts'

const hours = Type.Integer({ minimum: 0, maximum: 336 })

const rules = {
  /** By the link of a message, without calling; `cancelHours` before the visit begins at the latest. */
  mayCancel: Type.Boolean(),
  cancelHours: hours,
  mayMove: Type.Boolean(),
  moveHours: hours,
  /** A reply that says no cancels; else the desk calls back. */
  replyCancels: Type.Boolean(),
  /** Kinds of visits that differ from the usual: not moved by patients, or `discreet`: their page names no practitioner. */
  visitTypes: Type.Array(Exact({ visitTypeId: Uuid, mayMove: Type.Boolean(), discreet: Type.Boolean() }), { maxItems: 500 }),
  version: Type.Integer({ minimum: 0 }),
}

/** What patients may do by themselves. */
export const AnswerSettings = Exact(rules)
export type AnswerSettings = Static<typeof AnswerSettings>

export const visitLinkRoutes = routeTable({
  'GET /answer-settings': { permission: 'settings.read', audit: 'none', summary: 'What patients may do by themselves, by the link of a message or by a reply.', status: 200, response: AnswerSettings },
  'PUT /answer-settings': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Change it. `version` is that of what it replaces, 0 where nothing was set yet; kinds of visits that are not named are as usual.',
    body: Exact(rules),
    status: 200,
    response: AnswerSettings,
    problems: ['stale_version', 'reference_unknown'],
  },
})
