import { sql } from 'kysely'
import type { Role } from '@yoman/domain/access'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'

export interface Login {
  clinicId: string
  staffId: string
  passwordHash: string
}

/** Whose login is this address? In a `signingIn` transaction. */
export async function findLogin(db: Db, email: string): Promise<Login | undefined> {
  const row = await db.selectFrom('login').select(['clinic_id', 'staff_id', 'password_hash']).where('email', '=', email).executeTakeFirst()
  return row && { clinicId: row.clinic_id, staffId: row.staff_id, passwordHash: row.password_hash }
}

/** Which clinic's token is this? In a `signingIn` transaction. */
export async function findTokenClinic(db: Db, hash: Buffer): Promise<string | undefined> {
  const row = await db.selectFrom('refresh_token').select('clinic_id').where('hash', '=', hash).executeTakeFirst()
  return row?.clinic_id
}

export interface NewSession {
  id: string
  staffId: string
  at: Instant
  idleUntil: Instant
  absoluteUntil: Instant
  ip: string | null
  userAgent: string | null
}

export async function insertSession(tx: Tx, clinicId: string, session: NewSession, tokenHash: Buffer): Promise<void> {
  const inserted = tx
    .insertInto('session')
    .values({
      clinic_id: clinicId,
      id: session.id,
      staff_id: session.staffId,
      created_at: session.at,
      last_seen_at: session.at,
      idle_until: session.idleUntil,
      absolute_until: session.absoluteUntil,
      revoked_at: null,
      revoke_reason: null,
      ip: session.ip,
      user_agent: session.userAgent,
    })
    .execute()
  await Promise.all([inserted, insertRefreshToken(tx, clinicId, session.id, tokenHash, session.at)])
}

export async function insertRefreshToken(tx: Tx, clinicId: string, sessionId: string, hash: Buffer, at: Instant): Promise<void> {
  await tx
    .insertInto('refresh_token')
    .values({ clinic_id: clinicId, hash, session_id: sessionId, issued_at: at, used_at: null, successor_hash: null })
    .execute()
}

export interface LockedToken {
  sessionId: string
  staffId: string
  revoked: boolean
  idleUntil: Instant
  absoluteUntil: Instant
  usedAt: Instant | null
  successorHash: Buffer | null
  successorUsedAt: Instant | null
}

/** The token and its session, locked: of two tabs that refresh at once the second waits for the first. */
export async function lockRefreshToken(tx: Tx, hash: Buffer): Promise<LockedToken | undefined> {
  const owner = await tx
    .selectFrom('session as s')
    .innerJoin('refresh_token as t', (join) => join.onRef('t.session_id', '=', 's.id').onRef('t.clinic_id', '=', 's.clinic_id'))
    .select('s.id')
    .where('t.hash', '=', hash)
    .forUpdate('s')
    .executeTakeFirst()
  if (!owner) return undefined
  // Read after the lock was won, so that what the first tab wrote is seen.
  const row = await tx
    .selectFrom('refresh_token as t')
    .innerJoin('session as s', (join) => join.onRef('s.id', '=', 't.session_id').onRef('s.clinic_id', '=', 't.clinic_id'))
    .leftJoin('refresh_token as n', (join) => join.onRef('n.hash', '=', 't.successor_hash').onRef('n.clinic_id', '=', 't.clinic_id'))
    .select(['s.id', 's.staff_id', 's.revoked_at', 's.idle_until', 's.absolute_until', 't.used_at', 't.successor_hash', 'n.used_at as successor_used_at'])
    .where('t.hash', '=', hash)
    .executeTakeFirstOrThrow()
  return {
    sessionId: row.id,
    staffId: row.staff_id,
    revoked: row.revoked_at !== null,
    idleUntil: row.idle_until,
    absoluteUntil: row.absolute_until,
    usedAt: row.used_at,
    successorHash: row.successor_hash,
    successorUsedAt: row.successor_used_at,
  }
}

/** Marks a token used. Without a successor it is void: presenting it again means that it was stolen. */
export async function markTokenUsed(tx: Tx, hash: Buffer, at: Instant, successor: Buffer | null): Promise<void> {
  await tx.updateTable('refresh_token').set({ used_at: at, successor_hash: successor }).where('hash', '=', hash).execute()
}

export async function touchSession(tx: Tx, sessionId: string, at: Instant, idleUntil: Instant): Promise<void> {
  await tx.updateTable('session').set({ last_seen_at: at, idle_until: idleUntil }).where('id', '=', sessionId).execute()
}

/** The channel on which every API process hears that a session is not what it was: closed, or its person's roles changed. */
export const sessionChannel = 'yoman_session'

/** Ends sessions at once, on every process. @returns the ids of those that were still open. */
export async function revokeSessions(tx: Tx, clinicId: string, which: { sessionId: string } | { staffId: string }, at: Instant, reason: string): Promise<string[]> {
  const rows = await tx
    .updateTable('session')
    .set({ revoked_at: at, revoke_reason: reason })
    .where('revoked_at', 'is', null)
    .where((eb) => ('sessionId' in which ? eb('id', '=', which.sessionId) : eb('staff_id', '=', which.staffId)))
    .returning('id')
    .execute()
  await tellSessionsChanged(tx, clinicId)
  return rows.map((row) => row.id)
}

/** Makes every process look again at who may do what in this clinic. */
export async function tellSessionsChanged(tx: Tx, clinicId: string): Promise<void> {
  await sql`select pg_notify(${sessionChannel}, ${clinicId}::text)`.execute(tx)
}

export interface LiveSession {
  staffId: string
  idleUntil: Instant
  absoluteUntil: Instant
  roles: Role[]
  branchIds: string[]
}

/** The session with the roles its person holds now; nothing where it was closed or the person has left. Times are the caller's to check. */
export async function findLiveSession(db: Db, sessionId: string): Promise<LiveSession | undefined> {
  const rows = await db
    .selectFrom('session as s')
    .innerJoin('staff as p', (join) => join.onRef('p.id', '=', 's.staff_id').onRef('p.clinic_id', '=', 's.clinic_id'))
    .leftJoin('staff_role as r', (join) => join.onRef('r.staff_id', '=', 's.staff_id').onRef('r.clinic_id', '=', 's.clinic_id'))
    .select(['s.staff_id', 's.idle_until', 's.absolute_until', 'r.role', 'r.branch_id'])
    .where('s.id', '=', sessionId)
    .where('s.revoked_at', 'is', null)
    .where('p.active', '=', true)
    .execute()
  const [first] = rows
  if (!first) return undefined
  const held = rows.flatMap((row) => (row.role === null ? [] : [row.role]))
  const everywhere = rows.some((row) => row.role !== null && row.branch_id === null)
  return {
    staffId: first.staff_id,
    idleUntil: first.idle_until,
    absoluteUntil: first.absolute_until,
    roles: [...new Set(held)],
    branchIds: everywhere ? [] : [...new Set(rows.flatMap((row) => (row.branch_id === null ? [] : [row.branch_id])))],
  }
}
