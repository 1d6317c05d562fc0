import { zoneOfBranch } from '@yoman/db/appointments/queries'
import type { Db } from '@yoman/db/database'
import { countOpen, type HandoverListRow, listHandovers, listShiftNotes, type ShiftNoteListRow } from '@yoman/db/handovers/queries'
import { missingPapers } from '@yoman/db/papers/queries'
import { listWaiting } from '@yoman/db/rebooking/queries'
import { countTasks } from '@yoman/db/tasks/queries'
import { allowIn } from '@yoman/domain/access'
import type { OpenCounts } from '@yoman/domain/handovers/handover'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn, dayPeriod, plainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, instantKey, uuidKey } from '../cursor.ts'
import { silentVisits } from '../reminders/day-account.ts'
import { read } from '../transact.ts'

interface PageOf {
  branchId: string
  cursor?: string | undefined
  limit?: number | undefined
}

/** Newest first; one that waits is the first, for nobody gives another before it ended. */
export async function pageOfHandovers(ctx: Context, { branchId, cursor, limit = 20 }: PageOf) {
  allowIn(ctx.actor, 'handover.read', branchId)
  const rows = await read(ctx, (db) => listHandovers(db, { branchId, before: keysOf(cursor), limit: limit + 1 }))
  const items = rows.slice(0, limit).map(handoverView)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.givenAt, last.id]) : null }
}

export async function pageOfShiftNotes(ctx: Context, { branchId, cursor, limit = 20 }: PageOf) {
  allowIn(ctx.actor, 'handover.read', branchId)
  const rows = await read(ctx, (db) => listShiftNotes(db, { branchId, before: keysOf(cursor), limit: limit + 1 }))
  const items = rows.slice(0, limit).map(noteView)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.writtenAt, last.id]) : null }
}

export async function openNow(ctx: Context, branchId: string): Promise<OpenCounts> {
  allowIn(ctx.actor, 'handover.read', branchId)
  return read(ctx, (db) => countAll(db, ctx, branchId))
}

const daysAhead = 3
const mostCounted = 500

/** What is open in a branch at this moment, in numbers. Throws `NotFound`. */
export async function countAll(db: Db, ctx: Context, branchId: string): Promise<OpenCounts> {
  const zone = await zoneOfBranch(db, ctx.clinicId, branchId)
  if (!zone) throw new NotFound('branch')
  const today = dateIn(zone, ctx.now)
  const [{ orders, offers, waiting }, { open, overdue }, silent, toRebook, papers] = await Promise.all([
    countOpen(db, branchId, dayPeriod(zone, today)),
    countTasks(db, branchId, ctx.now),
    silentVisits(db, ctx, branchId, { start: ctx.now, end: dayPeriod(zone, today.add({ days: daysAhead })).end }),
    listWaiting(db, { branchId, limit: mostCounted }),
    missingPapers(db, branchId, { start: ctx.now, end: dayPeriod(zone, today.add({ days: daysAhead })).end }),
  ])
  return { orders, offers, notReached: silent.length, tasks: open, overdueTasks: overdue, rebookings: toRebook.length, waiting, papers: papers.length }
}

const longestDays = 31

/** Whom no reminder reaches, from now to the end of `until` (ISO). Throws `too_long`, `NotFound`. */
export async function whomNotReached(ctx: Context, { branchId, until }: { branchId: string; until: string }) {
  allowIn(ctx.actor, 'message.read', branchId)
  return read(ctx, async (db) => {
    const zone = await zoneOfBranch(db, ctx.clinicId, branchId)
    if (!zone) throw new NotFound('branch')
    const last = plainDate(until)
    if (dateIn(zone, ctx.now).until(last).total('days') > longestDays) throw new Refusal('too_long')
    return silentVisits(db, ctx, branchId, { start: ctx.now, end: dayPeriod(zone, last).end })
  })
}

const keysOf = (cursor: string | undefined) => (cursor === undefined ? undefined : (decodeCursor(cursor, [instantKey, uuidKey]) as [string, string])) // as many as forms

export type HandoverView = ReturnType<typeof handoverView>

export const handoverView = (row: HandoverListRow) => ({
  id: row.id,
  branchId: row.branch_id,
  words: row.words,
  counts: row.open_counts as unknown as OpenCounts, // written by `countAll` alone
  status: row.status,
  givenBy: { staffId: row.given_by, name: row.given_by_name },
  givenAt: row.given_at.toString(),
  endedBy: row.ended_by === null ? null : { staffId: row.ended_by, name: row.ended_by_name ?? '' },
  endedAt: row.ended_at?.toString() ?? null,
  version: row.version,
})

export const noteView = (row: ShiftNoteListRow) => ({
  id: row.id,
  branchId: row.branch_id,
  words: row.words,
  writtenBy: { staffId: row.written_by, name: row.written_by_name },
  writtenAt: row.written_at.toString(),
})
