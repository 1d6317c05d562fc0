import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'

/** Is there a clinic at all? In a `signingIn` transaction. */
export async function anyClinic(db: Db): Promise<boolean> {
  return (await db.selectFrom('clinic').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** A new link; those before it are used up. */
export async function addSetupLink(tx: Tx, hash: Buffer, expiresAt: Instant, now: Instant): Promise<void> {
  await tx.updateTable('setup_link').set({ used_at: now }).where('used_at', 'is', null).execute()
  await tx.insertInto('setup_link').values({ hash, expires_at: expiresAt, used_at: null }).execute()
}

/** Whether the link would be taken now; whoever takes it asks again by `takeSetupLink`. */
export async function isSetupLinkOpen(db: Db, hash: Buffer, now: Instant): Promise<boolean> {
  const row = await db.selectFrom('setup_link').select('hash').where('hash', '=', hash).where('used_at', 'is', null).where('expires_at', '>', now).executeTakeFirst()
  return row !== undefined
}

/** Uses the link up; false where there is no such link any more. Of two at once one waits and finds it used. */
export async function takeSetupLink(tx: Tx, hash: Buffer, now: Instant): Promise<boolean> {
  const row = await tx
    .updateTable('setup_link')
    .set({ used_at: now })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('hash')
    .executeTakeFirst()
  return row !== undefined
}
