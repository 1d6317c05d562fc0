import { type FeedVisit, feedOfToken, findFeed, findFeedOf, insertFeed, isPractitioner, revokeFeedsOf, visitsOfStaff } from '@yoman/db/calendar-feeds/queries'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Instant } from '@yoman/domain/time'
import type { Context, Services } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { countMiss, type Visitor } from '../sessions/link-misses.ts'
import { hashSecret } from '../sessions/secrets.ts'
import { read, readingFeed, transact } from '../transact.ts'

/** How far a calendar looks back, and ahead. */
const daysBack = 14
const daysAhead = 120

/** My own feed, and whether I have a diary to be shown. */
export function myFeed(ctx: Context) {
  const staffId = mine(ctx)
  return read(ctx, async (db) => {
    const [row, hasDiary] = [await findFeedOf(db, staffId), await isPractitioner(db, staffId)]
    return { hasDiary, feed: row ? { id: row.id, createdAt: row.created_at.toString() } : null }
  })
}

/** Opens my feed by a secret that nobody is told again; one that was open before is switched off. The same id and secret again are the same feed, until it is switched off. Throws `id_taken`. */
export function openFeed(ctx: Context, { id, secret }: { id: string; secret: string }) {
  const staffId = mine(ctx)
  const token_hash = hashSecret(secret)
  return transact(ctx, async (tx) => {
    const known = await findFeed(tx, id)
    if (known && (known.staff_id !== staffId || !known.token_hash.equals(token_hash) || known.revoked_at !== null)) throw new Refusal('id_taken')
    if (known) return { id, createdAt: known.created_at.toString() }
    await revokeFeedsOf(tx, staffId, ctx.now)
    await insertFeed(tx, { clinic_id: ctx.clinicId, id, staff_id: staffId, token_hash, created_at: ctx.now, revoked_at: null })
    await recordEvents(tx, ctx, [{ name: 'calendar_feed.opened', subject: { type: 'calendar_feed', id } }])
    return { id, createdAt: ctx.now.toString() }
  })
}

/** Switches my feed off; twice is fine. */
export function closeFeed(ctx: Context): Promise<void> {
  const staffId = mine(ctx)
  return transact(ctx, async (tx) => {
    const id = await revokeFeedsOf(tx, staffId, ctx.now)
    if (id !== null) await recordEvents(tx, ctx, [{ name: 'calendar_feed.revoked', subject: { type: 'calendar_feed', id } }])
  })
}

export interface FeedContent {
  language: 'he' | 'en'
  visits: FeedVisit[]
}

/** What the holder of a token sees. Throws `NotFound`, or `TooManyAttempts` after some wrong ones from one network. */
export async function readFeed(services: Services, token: string, now: Instant, visitor: Visitor): Promise<FeedContent> {
  const found = await readingFeed(services.pool, (db) => feedOfToken(db, hashSecret(token)))
  const day = now.round({ smallestUnit: 'hour', roundingMode: 'floor' }) // within the hour the same period, and the same bytes
  const content = found && (await read({ pool: services.pool, clinicId: found.clinic_id }, (db) => visitsOfStaff(db, found.staff_id, day.subtract({ hours: 24 * daysBack }), day.add({ hours: 24 * daysAhead }))))
  if (content) return content
  await countMiss(services, 'calendar-feed', visitor)
  throw new NotFound('calendar feed')
}

function mine(ctx: Context): string {
  allow(ctx.actor, 'session.own')
  if (ctx.actor.staffId === null) throw new Error('a session has a person behind it')
  return ctx.actor.staffId
}
