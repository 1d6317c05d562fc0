import { call } from '../../api.ts'
import type { Answer } from '../../request.ts'
import { chosenRoles, typedRoles, type TypedRole } from './typed-roles.ts'

export type StaffMember = Answer<'GET /staff'>['items'][number]

export interface StaffForm {
  name: string
  nameEn: string
  email: string
  language: 'he' | 'en' | null
  active: boolean
  roles: TypedRole[]
  password: string
}

export const addStaff = (id: string, form: StaffForm): Promise<StaffMember> =>
  call('POST /staff', { body: { id, name: form.name.trim(), nameEn: form.nameEn.trim(), email: form.email.trim(), language: form.language ?? 'he', password: form.password, roles: chosenRoles(form.roles) } })

/** Details and roles are two writes, each only where something of it changed; the second goes on from the version of the first. */
export async function saveStaff(member: StaffMember, version: number, form: StaffForm): Promise<StaffMember> {
  const typed = { name: form.name.trim(), nameEn: form.nameEn.trim(), email: form.email.trim(), language: form.language ?? member.language, active: form.active }
  const details = Object.fromEntries(Object.entries(typed).filter(([key, value]) => member[key as keyof typeof typed] !== value)) // keys of the object above
  const changed = Object.keys(details).length > 0 ? await call('PATCH /staff/:id', { params: { id: member.id }, body: { version, ...details } }) : { ...member, version }
  if (JSON.stringify(typedRoles(member.roles)) === JSON.stringify(form.roles)) return changed
  return call('PUT /staff/:id/roles', { params: { id: member.id }, body: { version: changed.version, roles: chosenRoles(form.roles) } })
}
