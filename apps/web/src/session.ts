import { computed, readonly, shallowRef } from 'vue'
import type { Me } from '@yoman/contract/session'
import type { Permission } from '@yoman/domain/access'
import { setBusinessNow } from './clock.ts'
import { setLanguage } from './i18n.ts'
import { ApiProblem, buildRequest, send, type Answer } from './request.ts'

/*
 * Who sits here. The access token lives in this module's memory alone, five minutes at a time; the refresh cookie, which
 * scripts cannot read, brings the next one. Tabs take turns at refreshing, for the cookie changes with each use.
 */
const known = shallowRef<Me | null>(null)
let accessToken: string | null = null
let refreshing: Promise<boolean> | null = null
let wipe = (_signedOut: boolean): void => undefined

const beforeEnd = new Set<() => Promise<unknown>>()

const tabs = new BroadcastChannel('session')
// Says only that somebody signed in on this computer and did not sign out, so that a first visit need not ask in vain.
const remembered = 'session'
const ownPage = { 'x-yoman': '1' }

export const me = readonly(known)
export const signedIn = computed(() => known.value !== null)
export const may = (permission: Permission): boolean => known.value?.permissions.includes(permission) ?? false
export const token = (): string | null => accessToken

/** `forget` empties whatever holds data of the session; it runs when the session ends, and is told whether that was a sign-out, here or in another tab. */
export function startSession(forget: (signedOut: boolean) => void): void {
  wipe = forget
  tabs.onmessage = () => leaveNothing()
}

export async function signIn(email: string, password: string): Promise<void> {
  const { url, init } = buildRequest('POST /auth/sign-in', { body: { email, password } }, {})
  await open((await (await send(url, init)).json()) as Answer<'POST /auth/sign-in'>) // as the contract says
}

/** A new access token by the cookie; false when the session is over. Throws `ApiProblem` when the server cannot be reached. */
export function refresh(): Promise<boolean> {
  if (accessToken === null && localStorage.getItem(remembered) === null) return Promise.resolve(false)
  refreshing ??= navigator.locks.request('session-refresh', askForToken).finally(() => (refreshing = null))
  return refreshing
}

async function askForToken(): Promise<boolean> {
  const { url, init } = buildRequest('POST /auth/refresh', {}, { ...ownPage, 'x-idle-seconds': String(idleSeconds()) })
  try {
    await open((await (await send(url, init)).json()) as Answer<'POST /auth/refresh'>) // as the contract says
    return true
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error
    endSession()
    return false
  }
}

export async function signOut(): Promise<void> {
  await Promise.all([...beforeEnd].map((work) => work()))
  const { url, init } = buildRequest('POST /auth/sign-out', {}, ownPage)
  await send(url, init)
  leaveNothing()
  tabs.postMessage('ended')
}

/** What shall still reach the server before a sign-out; it must not throw, nor take long. @returns how to take it back. */
export function beforeSignOut(work: () => Promise<unknown>): () => void {
  beforeEnd.add(work)
  return () => void beforeEnd.delete(work)
}

/** The next person at this computer finds nothing of this one, but for notes that no server has: those lie sealed. */
function leaveNothing(): void {
  localStorage.clear()
  sessionStorage.clear()
  endSession(true)
}

/** Drops all that this tab knows: token, person, cached data. */
export function endSession(signedOut = false): void {
  accessToken = null
  known.value = null
  localStorage.removeItem(remembered)
  wipe(signedOut)
}

/** Takes over what the server last said about me. */
export function setMe(fresh: Me): void {
  setBusinessNow(fresh.now)
  known.value = fresh
}

/** What the server saved of how my screens look. */
export function setMyPreferences(preferences: Me['preferences']): void {
  if (known.value) known.value = { ...known.value, preferences }
}

async function open(opened: Answer<'POST /auth/sign-in'>): Promise<void> {
  const first = known.value === null
  accessToken = opened.accessToken
  localStorage.setItem(remembered, 'open')
  setMe(opened.me)
  if (first) await setLanguage(opened.me.language)
}

// Idleness is told to the server, which alone decides: a page that polls must not keep a deserted desk signed in.
let lastTouch = performance.now()
const idleSeconds = (): number => Math.round((performance.now() - lastTouch) / 1000)
for (const kind of ['pointerdown', 'keydown', 'wheel'] as const) addEventListener(kind, () => (lastTouch = performance.now()), { passive: true, capture: true })
