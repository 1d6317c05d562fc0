import { hitsOf } from '@yoman/db/blocks/days'
import { listBlocks } from '@yoman/db/blocks/queries'
import { findBranch } from '@yoman/db/settings/queries'
import { allow } from '@yoman/domain/access'
import { type HolidayDay, holidaysOfYear } from '@yoman/domain/calendar/holidays'
import { NotFound } from '@yoman/domain/refusal'
import { dateIn, instant, plainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read, transact } from '../transact.ts'
import { placeIn } from './place.ts'
import { viewsOf } from './read.ts'
import type { BlockView } from './view.ts'

export interface Proposal extends HolidayDay {
  /** Whether the branch is open on that day of the week at all. */
  opens: boolean
  /** The closing that was decided already. */
  block: BlockView | null
  visits: { startsAt: string; endsAt: string }[]
}

/** The holidays of a Hebrew year for one branch: what is usual, what was decided, which visits are booked then. Throws `NotFound`. */
export async function proposeHolidays(ctx: Context, { branchId, hebrewYear }: { branchId: string; hebrewYear: number }): Promise<Proposal[]> {
  allow(ctx.actor, 'diary.read')
  const days = holidaysOfYear(hebrewYear)
  const [from, to] = [plainDate(days[0]?.date ?? ''), plainDate(days.at(-1)?.date ?? '')]
  return read(ctx, async (db) => {
    const branch = await findBranch(db, branchId)
    if (!branch) throw new NotFound('branch')
    const spans = days.map(({ date }) => ({ resourceId: null, branchId, date, starts: null, ends: null }))
    const [blocks, hits] = await Promise.all([listBlocks(db, { from, to, branchId }), hitsOf(db, ctx.clinicId, spans, ctx.now)])
    const views = await viewsOf(db, ctx, blocks.filter(({ kind }) => kind === 'closed'))
    const dateOf = (at: string): string => dateIn(branch.timeZone, instant(at)).toString()
    return days.map((day) => ({
      ...day,
      opens: branch.hours.length === 0 || branch.hours.some(({ weekday }) => weekday === plainDate(day.date).dayOfWeek),
      block: views.find((view) => view.fromDate <= day.date && day.date <= view.toDate) ?? null,
      visits: hits.filter(({ startsAt }) => dateOf(startsAt) === day.date).map(({ startsAt, endsAt }) => ({ startsAt, endsAt })),
    }))
  })
}

export interface ClosingDay {
  id: string
  date: string
  holiday: string
  /** `HH:MM`; null: all day. */
  from: string | null
}

/** Closes a branch on all of these days or on none. Throws `holiday_decided`, `id_taken`, `reference_unknown`. */
export async function closeOnHolidays(ctx: Context, { branchId, days }: { branchId: string; days: readonly ClosingDay[] }): Promise<{ items: BlockView[]; hits: number }> {
  return transact(ctx, async (tx) => {
    const items: BlockView[] = []
    let hits = 0
    // One after the other: each is a write of its own, with its locks (taken once, held to the end) and its trail.
    for (const { id, date, holiday, from } of days) {
      const placed = await placeIn(tx, ctx, { id, kind: 'closed', branchId, resourceIds: [], fromDate: date, toDate: date, weekdays: [], starts: from, ends: from === null ? null : endOfDay, title: '', privateNote: '', holiday })
      items.push(placed.block)
      hits += placed.hits
    }
    return { items, hits }
  })
}

const endOfDay = '23:59'
