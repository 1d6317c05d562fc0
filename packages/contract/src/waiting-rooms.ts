import { type Static, Type } from 'typebox'
import { screenNames } from '@yoman/domain/flow/flow'
import { ById, Choice, Exact, InstantText, Line, Nullable, Uuid } from './common.ts'
import { routeTable } from './route.ts'

const looks = { language: Choice(['he', 'en']), theme: Choice(['light', 'dark']), chime: Type.Boolean() }

/** 256 random bits in base64url, made by the browser; the record keeps a hash of it alone. */
const Secret = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })

/** A screen on the wall of a waiting room, opened by a link with a secret of its own. */
export const WaitingScreen = Exact({ id: Uuid, branchId: Uuid, name: Type.String(), ...looks, createdAt: InstantText, revokedAt: Nullable(InstantText) })
export type WaitingScreen = Static<typeof WaitingScreen>

/** All that such a screen is told. `label` is as private as the clinic wants it: a number, initials or a first name. */
export const WaitingRoom = Exact({
  clinicName: Type.String(),
  branchName: Type.String(),
  timeZone: Type.String(),
  ...looks,
  names: Choice(screenNames),
  /** The business clock. */
  now: InstantText,
  /** Who should come in now, the latest call first; `place` is the room, or the practitioner where the visit needs none. */
  called: Type.Array(Exact({ label: Type.String(), place: Type.String(), calledAt: InstantText })),
  /** Who waits, in the order of their times. */
  next: Type.Array(Exact({ label: Type.String(), place: Type.String() })),
})
export type WaitingRoom = Static<typeof WaitingRoom>

export const waitingRoomRoutes = routeTable({
  'GET /waiting-screens': {
    permission: 'settings.read',
    audit: 'none',
    summary: 'The screens of all waiting rooms, those that were switched off too.',
    status: 200,
    response: Exact({ items: Type.Array(WaitingScreen) }),
  },
  'POST /waiting-screens': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Open a screen. Its link is made of the secret, which nobody is told again. The same id and secret again answer the same screen.',
    body: Exact({ id: Uuid, branchId: Uuid, name: Line(120, 1), ...looks, secret: Secret }),
    status: 201,
    response: WaitingScreen,
    problems: ['id_taken', 'reference_unknown'],
  },
  'POST /waiting-screens/:id/revocation': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Switch a screen off for good: its link shows nothing any more.',
    params: ById,
    status: 200,
    response: WaitingScreen,
  },
  'POST /waiting-room-views': {
    permission: 'public',
    audit: 'none', // as private as the clinic said; the secret travels in the body, so that it stands in no log
    summary: 'What the screen of this secret shows now.',
    body: Exact({ secret: Secret }),
    status: 200,
    response: WaitingRoom,
    problems: ['screen_link_invalid'],
  },
})
