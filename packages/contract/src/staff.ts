import { Type } from 'typebox'
import { roles } from '@yoman/domain/access'
import { ById, Choice, Exact, Line, Nothing, Nullable, Uuid, Version } from './common.ts'
import { routeTable } from './route.ts'

const optional = Type.Optional
const Name = Line(120, 1)
const HeldRole = Exact({ role: Choice(roles), branchId: Nullable(Uuid) })
export const StaffMember = Exact({
  id: Uuid,
  name: Type.String(),
  nameEn: Type.String(),
  email: Type.String(),
  language: Choice(['he', 'en']),
  active: Type.Boolean(),
  /** A null branch means all of them. */
  roles: Type.Array(HeldRole),
  practitionerId: Nullable(Uuid),
  version: Version,
})

const edit = { version: Version }

export const staffRoutes = routeTable({
  'GET /staff': { permission: 'staff.read', audit: 'none', summary: 'Everybody who works or worked here.', status: 200, response: Exact({ items: Type.Array(StaffMember) }) },
  'POST /staff': {
    permission: 'staff.write',
    audit: 'write',
    summary: 'Add a person with a first password.',
    body: Exact({ id: Uuid, name: Name, nameEn: optional(Line(120)), email: Line(254, 3), language: Choice(['he', 'en']), password: Type.String({ minLength: 1, maxLength: 1024 }), roles: Type.Array(HeldRole, { minItems: 1, maxItems: 60 }) }),
    status: 201,
    response: StaffMember,
    problems: ['email_invalid', 'email_taken', 'password_too_short', 'password_too_common', 'reference_unknown', 'id_taken'],
  },
  'PATCH /staff/:id': {
    permission: 'staff.write',
    audit: 'write',
    summary: 'Change a person’s details, or end their access at once.',
    params: ById,
    body: Exact({ ...edit, name: optional(Name), nameEn: optional(Line(120)), email: optional(Line(254, 3)), language: optional(Choice(['he', 'en'])), active: optional(Type.Boolean()) }),
    status: 200,
    response: StaffMember,
    problems: ['stale_version', 'email_invalid', 'email_taken', 'last_owner'],
  },
  'PUT /staff/:id/roles': {
    permission: 'staff.write',
    audit: 'write',
    summary: 'The roles of a person; these and no others, from their next request on.',
    params: ById,
    body: Exact({ ...edit, roles: Type.Array(HeldRole, { minItems: 1, maxItems: 60 }) }),
    status: 200,
    response: StaffMember,
    problems: ['stale_version', 'last_owner', 'reference_unknown'],
  },
  'PUT /staff/:id/password': {
    permission: 'staff.write',
    audit: 'write',
    summary: 'Give a person a new password; their open sessions end.',
    params: ById,
    body: Exact({ password: Type.String({ minLength: 1, maxLength: 1024 }) }),
    status: 204,
    response: Nothing,
    problems: ['password_too_short', 'password_too_common'],
  },
})
