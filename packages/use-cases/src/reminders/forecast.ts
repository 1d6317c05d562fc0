import { zoneOfBranch } from '@yoman/db/appointments/queries'
import type { Db } from '@yoman/db/database'
import { countUnplanned, type ForeseenRow, foreseenRows } from '@yoman/db/reminders/forecast'
import { allowIn } from '@yoman/domain/access'
import { holidayOf, isEve, isRestDay } from '@yoman/domain/calendar/israel'
import { NotFound } from '@yoman/domain/refusal'
import { fateOf } from '@yoman/domain/reminders/forecast'
import { type PlainDate, dateIn, dayPeriod, instant, plainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { addressOf } from '../messages/compose.ts'
import { read } from '../transact.ts'

const daysAhead = 14

/** What the next fortnight will send, day by day: how many leave, how many of them at another time than their rule's, and how many never will. Throws `NotFound`. */
export async function forecastReminders(ctx: Context, branchId: string) {
  allowIn(ctx.actor, 'message.read', branchId)
  return read(ctx, async (db) => {
    const zone = await zoneOf(db, ctx, branchId)
    const today = dateIn(zone, ctx.now)
    const dates = Array.from({ length: daysAhead }, (_, n) => today.add({ days: n }))
    const period = { start: dayPeriod(zone, today).start, end: dayPeriod(zone, today.add({ days: daysAhead - 1 })).end }
    const [rows, unplanned] = await Promise.all([foreseenRows(db, branchId, period), countUnplanned(db, branchId, { start: ctx.now, end: period.end })])
    const items = rows.map((row) => ({ date: dateIn(zone, instant(row.dueAt)).toString(), ...view(row) }))
    return { days: dates.map((date) => ({ date: date.toString(), ...closingOf(date), ...sumsOf(items.filter((item) => item.date === date.toString())) })), unplanned }
  })
}

/** Every reminder that is due on one day. Throws `NotFound`. */
export async function forecastOfDay(ctx: Context, { branchId, date }: { branchId: string; date: string }) {
  allowIn(ctx.actor, 'message.read', branchId)
  return read(ctx, async (db) => ({ items: (await foreseenRows(db, branchId, dayPeriod(await zoneOf(db, ctx, branchId), plainDate(date)))).map(view) }))
}

async function zoneOf(db: Db, ctx: Context, branchId: string): Promise<string> {
  const zone = await zoneOfBranch(db, ctx.clinicId, branchId)
  if (!zone) throw new NotFound('branch')
  return zone
}

function view({ email, phones, refused, state, ...row }: ForeseenRow) {
  return { ...row, fate: fateOf({ state, refused, reachable: addressOf({ email, phones }, row.channel) !== null }) }
}

type Foreseen = ReturnType<typeof view>

const sumsOf = (items: readonly Foreseen[]) => ({
  leaves: items.filter(({ fate }) => fate === 'leaves').length,
  gone: items.filter(({ fate }) => fate === 'gone').length,
  moved: items.filter(({ fate, movedFor }) => fate === 'leaves' && movedFor !== null).length,
  silent: items.filter(({ fate, skipReason }) => fate === 'no_address' || fate === 'refused' || (fate === 'skipped' && skipReason !== 'merged')).length,
})

/** Why fewer or no messages leave on a date. */
const closingOf = (date: PlainDate): { closed: 'sabbath' | 'holiday' | 'eve' | null; holiday: ReturnType<typeof holidayOf> } => ({
  closed: holidayOf(date) !== null ? 'holiday' : isRestDay(date) ? 'sabbath' : isEve(date) ? 'eve' : null,
  holiday: holidayOf(date),
})
