import { sql } from 'kysely'
import type { Attempts } from '@yoman/domain/sessions/throttle'
import type { Instant } from '@yoman/domain/time'
import type { Tx } from '../database.ts'

/** Counters by key, made where there were none and locked in the order of their keys: attempts made at once queue up, without a deadlock. */
export async function lockAttempts(tx: Tx, keys: readonly Buffer[], now: Instant): Promise<(Attempts | null)[]> {
  const inOrder = [...keys].sort(Buffer.compare)
  const fresh = inOrder.map((key) => ({ key, failures: 0, blocked_until: null, last_failure_at: now }))
  await tx.insertInto('sign_in_throttle').values(fresh).onConflict((conflict) => conflict.doNothing()).execute()
  const rows = await tx.selectFrom('sign_in_throttle').selectAll().where('key', 'in', [...keys]).orderBy('key').forUpdate().execute()
  return keys.map((key) => {
    const row = rows.find((one) => one.key.equals(key))
    return row ? { failures: row.failures, blockedUntil: row.blocked_until, lastFailureAt: row.last_failure_at } : null
  })
}

export async function saveAttempts(tx: Tx, key: Buffer, attempts: Attempts): Promise<void> {
  const values = { failures: attempts.failures, blocked_until: attempts.blockedUntil, last_failure_at: attempts.lastFailureAt }
  await tx
    .insertInto('sign_in_throttle')
    .values({ key, ...values })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(values))
    .execute()
}

export async function forgetAttempts(tx: Tx, keys: readonly Buffer[]): Promise<void> {
  await tx.deleteFrom('sign_in_throttle').where('key', 'in', [...keys]).execute()
}


/** Takes one attempt back off a counter that several people share. */
export async function takeBackAttempt(tx: Tx, key: Buffer): Promise<void> {
  await tx.updateTable('sign_in_throttle').set({ failures: sql`greatest(failures - 1, 0)`, blocked_until: null }).where('key', '=', key).execute()
}
