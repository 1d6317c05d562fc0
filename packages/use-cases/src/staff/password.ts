import { revokeSessions } from '@yoman/db/sessions/queries'
import { findStaff, passwordHashOf, setPasswordHash } from '@yoman/db/staff/queries'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { checkPassword } from '@yoman/domain/sessions/password'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import type { SessionServices } from '../sessions/services.ts'
import { takeAttempt } from '../sessions/throttle.ts'
import { read, transact } from '../transact.ts'

/** The owner gives somebody a new password; whoever was signed in as that person is out. Throws `password_too_…`. */
export async function givePassword(ctx: Context, services: SessionServices, staffId: string, password: string): Promise<void> {
  allow(ctx.actor, 'staff.write')
  const person = await read(ctx, (db) => findStaff(db, staffId))
  if (!person) throw new NotFound('staff')
  checkPassword(password, { email: person.email, names: [person.name] })
  await save(ctx, services, staffId, password)
}

/** Throws `password_wrong`, `TooManyAttempts`, `password_too_…`. All sessions of the person end, this one too. */
export async function changePassword(ctx: Context, services: SessionServices, given: { current: string; next: string }): Promise<void> {
  allow(ctx.actor, 'session.own')
  const staffId = ctx.actor.staffId ?? ''
  const [person, login] = await read(ctx, (db) => Promise.all([findStaff(db, staffId), passwordHashOf(db, staffId)]))
  if (!person || !login) throw new NotFound('staff')
  await takeAttempt(services.pool, person.email, ctx.ip, services.securityClock.now())
  if (!(await services.passwords.verify(login.password_hash, given.current))) throw new Refusal('password_wrong')
  checkPassword(given.next, { email: person.email, names: [person.name] })
  await save(ctx, services, staffId, given.next)
}

async function save(ctx: Context, services: SessionServices, staffId: string, password: string): Promise<void> {
  const hash = await services.passwords.hash(password)
  const at = services.securityClock.now()
  await transact(ctx, async (tx) => {
    if (!(await setPasswordHash(tx, staffId, hash, at))) throw new NotFound('login')
    await revokeSessions(tx, ctx.clinicId, { staffId }, at, 'password_changed')
    await recordEvents(tx, ctx, [{ name: 'staff.changed', subject: { type: 'staff', id: staffId }, details: { fields: ['password'] } }])
  })
}
