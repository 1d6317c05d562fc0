import { v7 as uuid } from 'uuid'
import { revokeFeedsOf } from '@yoman/db/calendar-feeds/queries'
import type { Tx } from '@yoman/db/database'
import { resourcesOfStaff } from '@yoman/db/rebooking/outside'
import { saveVersion } from '@yoman/db/save-version'
import { revokeSessions, tellSessionsChanged } from '@yoman/db/sessions/queries'
import { findStaff, insertRoles, insertStaff, lockOtherOwners, replaceRoles, setLoginEmail, type StaffRow } from '@yoman/db/staff/queries'
import { allow, type Role } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { checkPassword } from '@yoman/domain/sessions/password'
import { emailOf } from '../clinics/change.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { listThoseOf } from '../rebooking/outside.ts'
import type { SessionServices } from '../sessions/services.ts'
import { transact } from '../transact.ts'

type GivenRole = { role: Role; branchId: string | null }

export interface NewStaffMember {
  id: string
  name: string
  nameEn?: string
  email: string
  language: 'he' | 'en'
  password: string
  roles: readonly GivenRole[]
}

/** A repeated request finds its own row. Throws `email_invalid`, `email_taken`, `password_too_…`, `reference_unknown`, `id_taken`. */
export async function createStaff(ctx: Context, services: SessionServices, given: NewStaffMember): Promise<StaffRow> {
  allow(ctx.actor, 'staff.write')
  const email = emailOf(given.email).toLowerCase()
  checkPassword(given.password, { email, names: [given.name] })
  const passwordHash = await services.passwords.hash(given.password)
  return transact(ctx, async (tx) => {
    const mine = await findStaff(tx, given.id)
    if (mine && mine.email !== email) throw new Refusal('id_taken')
    if (mine) return mine
    await insertStaff(tx, ctx.clinicId, { id: given.id, name: given.name, ...(given.nameEn === undefined ? {} : { nameEn: given.nameEn }), email, language: given.language, passwordHash })
    await insertRoles(tx, ctx.clinicId, given.id, distinct(given.roles))
    return answer(tx, ctx, given.id, { made: true, roles: given.roles.map(({ role }) => role) })
  })
}

export interface StaffChange {
  version: number
  name?: string
  nameEn?: string
  email?: string
  language?: 'he' | 'en'
  /** False ends the person's sessions at once. */
  active?: boolean
}

/** Throws `stale_version`, `email_invalid`, `email_taken`, `last_owner`. */
export async function changeStaff(ctx: Context, services: SessionServices, id: string, { version, ...typed }: StaffChange): Promise<StaffRow> {
  allow(ctx.actor, 'staff.write')
  const email = typed.email === undefined ? undefined : emailOf(typed.email).toLowerCase()
  return transact(ctx, async (tx) => {
    if (typed.active === false && (await lockOtherOwners(tx, id)) === 0) throw new Refusal('last_owner')
    await saveVersion(tx, 'staff', id, version, { ...typed, email })
    if (email !== undefined) await setLoginEmail(tx, id, email)
    if (typed.active === false) await revokeSessions(tx, ctx.clinicId, { staffId: id }, services.securityClock.now(), 'staff_left')
    if (typed.active === false) await closeFeedOf(tx, ctx, id)
    if (typed.active !== undefined) await listThoseOf(tx, ctx, await resourcesOfStaff(tx, ctx.clinicId, id), typed.active)
    return answer(tx, ctx, id, { fields: Object.keys(typed), ...(typed.active === undefined ? {} : { active: typed.active }) })
  })
}

/** An address that shows the diary stays off, even where the person comes back. */
async function closeFeedOf(tx: Tx, ctx: Context, staffId: string): Promise<void> {
  const id = await revokeFeedsOf(tx, staffId, ctx.now)
  if (id !== null) await recordEvents(tx, ctx, [{ name: 'calendar_feed.revoked', subject: { type: 'calendar_feed', id } }])
}

/** They hold from the person's next request on, on every process. Throws `stale_version`, `last_owner`, `reference_unknown`. */
export async function setRoles(ctx: Context, id: string, given: { version: number; roles: readonly GivenRole[] }): Promise<StaffRow> {
  allow(ctx.actor, 'staff.write')
  return transact(ctx, async (tx) => {
    const staysOwner = given.roles.some(({ role }) => role === 'owner')
    if (!staysOwner && (await lockOtherOwners(tx, id)) === 0) throw new Refusal('last_owner')
    await saveVersion(tx, 'staff', id, given.version, {})
    await replaceRoles(tx, ctx.clinicId, id, distinct(given.roles))
    await tellSessionsChanged(tx, ctx.clinicId)
    return answer(tx, ctx, id, { roles: given.roles.map(({ role }) => role) })
  })
}

const distinct = (given: readonly GivenRole[]) =>
  [...new Map(given.map((one) => [`${one.role} ${one.branchId}`, one])).values()].map((one) => ({ id: uuid(), ...one }))

async function answer(tx: Tx, ctx: Context, id: string, details: Record<string, unknown>): Promise<StaffRow> {
  const row = await findStaff(tx, id)
  if (!row) throw new NotFound('staff')
  await recordEvents(tx, ctx, [{ name: 'staff.changed', subject: { type: 'staff', id }, details }])
  return row
}
