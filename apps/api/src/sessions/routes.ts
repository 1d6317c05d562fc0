import type { sessionRoutes } from '@yoman/contract/session'
import type { Me } from '@yoman/contract/session'
import { permissions, may, type Actor, type Permission } from '@yoman/domain/access'
import type { MeRow } from '@yoman/db/sessions/me'
import { findMe } from '@yoman/db/sessions/me'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { accessSeconds } from '@yoman/domain/sessions/refresh'
import { changeLanguage } from '@yoman/use-cases/staff/change-language'
import { changed, defaultPreferences } from '@yoman/domain/preferences/preferences'
import { changePreferences } from '@yoman/use-cases/preferences/change'
import { changePassword } from '@yoman/use-cases/staff/password'
import { closeSession } from '@yoman/use-cases/sessions/close-session'
import type { OpenSession } from '@yoman/use-cases/sessions/open-session'
import { refreshSession } from '@yoman/use-cases/sessions/refresh-session'
import { setUpSystem } from '@yoman/use-cases/sessions/set-up'
import { signIn } from '@yoman/use-cases/sessions/sign-in'
import { read } from '@yoman/use-cases/transact'
import { signAccessToken } from '../http/auth.ts'
import type { Handlers, Http, RequestContext } from '../http/handler.ts'
import type { ApiServices } from '../services.ts'
import { clearRefreshCookie, readRefreshCookie, setRefreshCookie } from './cookie.ts'
import { demandOwnPage, refuseOtherSites } from './same-site.ts'

export const sessionHandlers = {
  'POST /auth/sign-in': async ({ services, origin }, { body }, http) => {
    refuseOtherSites(http.request, services.publicUrl)
    return opened(services, await signIn(services, body, origin), http)
  },

  'POST /auth/refresh': async ({ services, origin }, _input, http) => {
    demandOwnPage(http.request, services.publicUrl)
    const token = readRefreshCookie(http.request, isSecure(services))
    if (token === undefined) throw new Refusal('sign_in_failed')
    return opened(services, await refreshSession(services, token, idleSeconds(http), origin), http)
  },

  'POST /auth/sign-out': async ({ services, origin }, _input, { request, reply }) => {
    demandOwnPage(request, services.publicUrl)
    const token = readRefreshCookie(request, isSecure(services))
    if (token !== undefined) await closeSession(services, token, origin)
    clearRefreshCookie(reply, isSecure(services))
    reply.header('clear-site-data', '"cache"') // not "storage": a note that was not saved lies there, sealed; the page wipes the rest
    return null
  },

  'GET /me': (ctx) => currentMe(ctx),

  'PATCH /me': async (ctx, { body }) => {
    await changeLanguage(ctx, body.language)
    return currentMe(ctx)
  },

  'PATCH /me/preferences': (ctx, { body }) => changePreferences(ctx, body),

  'PUT /me/password': async (ctx, { body }) => {
    await changePassword(ctx, ctx.services, body)
    return null
  },

  'POST /setup': async ({ services, origin }, { body }, { request }) => {
    refuseOtherSites(request, services.publicUrl)
    await setUpSystem(services, body, origin)
    return null
  },
} satisfies Handlers<keyof typeof sessionRoutes>

function opened(services: ApiServices, session: OpenSession, { reply }: Http) {
  if (session.refreshToken !== null) setRefreshCookie(reply, isSecure(services), session.refreshToken, session.absoluteUntil)
  return { accessToken: signAccessToken(reply.server, session), expiresInSeconds: accessSeconds, me: presentMe(services, session.staffId, session.me) }
}

async function currentMe(ctx: RequestContext): Promise<Me> {
  const staffId = ctx.actor.staffId ?? ''
  const me = await read(ctx, (db) => findMe(db, staffId))
  if (!me) throw new NotFound('staff')
  return presentMe(ctx.services, staffId, me)
}

function presentMe(services: ApiServices, staffId: string, me: MeRow): Me {
  const actor: Actor = { kind: 'staff', staffId, roles: me.roles, branchIds: [] }
  const allowed = (Object.keys(permissions) as Permission[]).filter((permission) => may(actor, permission)) // keys of a const object
  return { staffId, ...me, preferences: changed(defaultPreferences, me.preferences), permissions: allowed, now: services.clock.now().toString(), demo: services.demo }
}

const isSecure = (services: ApiServices): boolean => services.publicUrl.startsWith('https:')

const mostIdleSeconds = 86_400 // longer than any session lives, and still a time that there is

/** How long ago the person last touched something, as the page says. Nonsense counts as now. */
function idleSeconds({ request }: Http): number {
  const told = Number(request.headers['x-idle-seconds'] ?? 0)
  return Number.isFinite(told) && told >= 0 ? Math.min(told, mostIdleSeconds) : 0
}
