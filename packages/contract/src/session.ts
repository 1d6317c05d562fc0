import { type Static, Type } from 'typebox'
import { permissions, roles } from '@yoman/domain/access'
import { Choice, Exact, Nothing, Nullable, Line, Uuid } from './common.ts'
import { densities, diaryViews, textSizes } from '@yoman/domain/preferences/preferences'
import { routeTable } from './route.ts'

const permissionNames = Object.keys(permissions) as (keyof typeof permissions)[] // keys of a const object

const uuidPattern = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
const Uuids = Type.Array(Uuid, { maxItems: 200, uniqueItems: true })
/** By the branch's id. What is in neither list stands at the end. */
const Columns = Type.Record(Type.String({ pattern: uuidPattern }), Exact({ order: Uuids, hidden: Uuids }), { additionalProperties: false })

const Preferences = Exact({ density: Choice(densities), textSize: Choice(textSizes), diary: Exact({ view: Type.Optional(Choice(diaryViews)), columns: Columns }) })
/** What is left out stays as it is; a branch's columns are replaced as a whole. */
const PreferencesChange = Exact({
  density: Type.Optional(Choice(densities)),
  textSize: Type.Optional(Choice(textSizes)),
  diary: Type.Optional(Exact({ view: Type.Optional(Choice(diaryViews)), columns: Type.Optional(Columns) })),
})

export const Me = Exact({
  staffId: Uuid,
  name: Type.String(),
  nameEn: Type.String(),
  email: Type.String(),
  language: Choice(['he', 'en']),
  roles: Type.Array(Choice(roles)),
  permissions: Type.Array(Choice(permissionNames)),
  practitionerId: Nullable(Uuid),
  preferences: Preferences,
  clinic: Exact({ id: Uuid, name: Type.String(), nameEn: Type.String(), language: Type.String(), currency: Type.String() }),
  branches: Type.Array(Exact({ id: Uuid, name: Type.String(), nameEn: Type.String(), timeZone: Type.String() })),
  /** The business clock, so that the demo's moved time reaches the screens. */
  now: Type.String({ format: 'date-time' }),
  demo: Type.Boolean(),
})
export type Me = Static<typeof Me>

const Opened = Exact({ accessToken: Type.String(), expiresInSeconds: Type.Integer(), me: Me })

export const sessionRoutes = routeTable({
  'POST /auth/sign-in': {
    permission: 'public',
    audit: 'write',
    summary: 'Open a session with e-mail and password; sets the refresh cookie.',
    body: Exact({ email: Line(254, 3), password: Type.String({ minLength: 1, maxLength: 1024 }) }),
    status: 200,
    response: Opened,
    problems: ['sign_in_failed'],
  },
  'POST /auth/refresh': {
    permission: 'public',
    audit: 'none',
    summary: 'A new access token for the refresh cookie, which is rotated.',
    status: 200,
    response: Opened,
    problems: ['sign_in_failed'],
  },
  'POST /auth/sign-out': {
    permission: 'public',
    audit: 'write',
    summary: 'Close the session at once, on every process.',
    status: 204,
    response: Nothing,
  },
  'GET /me': { permission: 'session.own', audit: 'none', summary: 'Who I am and what I may do.', status: 200, response: Me },
  'PATCH /me': {
    permission: 'session.own',
    audit: 'write',
    summary: 'Change my language.',
    body: Exact({ language: Choice(['he', 'en']) }),
    status: 200,
    response: Me,
  },
  'PATCH /me/preferences': {
    permission: 'session.own',
    audit: 'none', // how my own screens look
    summary: 'Change how my own screens look, on every computer that I use.',
    body: PreferencesChange,
    status: 200,
    response: Preferences,
    problems: ['reference_unknown'],
  },
  'PUT /me/password': {
    permission: 'session.own',
    audit: 'write',
    summary: 'Change my password; all my sessions end, this one too.',
    body: Exact({ current: Type.String({ minLength: 1, maxLength: 1024 }), next: Type.String({ minLength: 1, maxLength: 1024 }) }),
    status: 204,
    response: Nothing,
    problems: ['password_wrong', 'password_too_short', 'password_too_common'],
  },
  'POST /setup': {
    permission: 'public',
    audit: 'write',
    summary: 'Make the first clinic and its owner with the one-time link of an empty system.',
    body: Exact({
      secret: Type.String({ minLength: 22, maxLength: 100 }),
      clinicName: Line(200, 1),
      branchName: Line(200, 1),
      ownerName: Line(120, 1),
      email: Line(254, 3),
      password: Type.String({ minLength: 1, maxLength: 1024 }),
      language: Choice(['he', 'en']),
    }),
    status: 201,
    response: Nothing,
    problems: ['setup_link_invalid', 'password_too_short', 'password_too_common', 'email_taken', 'email_invalid'],
  },
})
