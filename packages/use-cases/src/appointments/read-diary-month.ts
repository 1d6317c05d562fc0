import { type DiaryMonthRows, findDiaryMonth } from '@yoman/db/appointments/diary-month'
import { zoneOfBranch } from '@yoman/db/appointments/queries'
import { allow } from '@yoman/domain/access'
import { openOn } from '@yoman/domain/appointments/arrange'
import { overviewOf } from '@yoman/domain/appointments/month'
import { type LocalDay, localDays } from '@yoman/domain/availability/local-day'
import { branchOpenings } from '@yoman/domain/availability/openings'
import type { Span } from '@yoman/domain/availability/spans'
import { NotFound } from '@yoman/domain/refusal'
import { instantFromMs, plainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'

export interface DiaryMonthQuery {
  branchId: string
  /** ISO; any day of the month. */
  date: string
  /** Only these resources; everybody who treats where unset. */
  of?: readonly string[] | undefined
}

/** How full each day of a month of a branch is, and what keeps it closed. Throws `NotFound`. */
export async function readDiaryMonth(ctx: Context, { branchId, date, of = [] }: DiaryMonthQuery) {
  allow(ctx.actor, 'diary.read')
  return read(ctx, async (db) => {
    const timeZone = await zoneOfBranch(db, ctx.clinicId, branchId)
    if (!timeZone) throw new NotFound('branch')
    const first = plainDate(date).with({ day: 1 })
    const days = localDays(timeZone, first, first.daysInMonth)
    const [from, to] = [Math.min(...days.map((day) => day.span.from)), Math.max(...days.map((day) => day.span.to))]
    const rows = await findDiaryMonth(db, {
      clinicId: ctx.clinicId, branchId, of, now: ctx.now.toString(),
      date: first.toString(), lastDate: days.at(-1)?.date ?? date,
      from: instantFromMs(from * 60_000).toString(), to: instantFromMs(to * 60_000).toString(),
    })
    const busy = busyOf(rows)
    return {
      branchId,
      timeZone,
      days: days.map((day) => {
        const closing = closingOf(day, rows)
        return { ...overviewOf(day, { open: openOf(day, rows), busy, starts: rows.starts }), ...closing, away: closing.closed ? [] : awayOn(day, rows) }
      }),
    }
  })
}

const openOf = (day: LocalDay, { resources }: DiaryMonthRows) => resources.map((resource) => ({ id: resource.id, spans: openOn(day, resource) }))

/** Whom a block keeps away all day; the same as in the diary of that day. */
const awayOn = (day: LocalDay, { resources }: DiaryMonthRows): string[] =>
  resources
    .filter(({ exceptions, ...resource }) => {
      const unblocked = exceptions.filter(({ block }) => !block)
      return unblocked.length < exceptions.length && openOn(day, { ...resource, exceptions }).length === 0 && openOn(day, { ...resource, exceptions: unblocked }).length > 0
    })
    .map(({ id }) => id)

function busyOf({ busy }: DiaryMonthRows): Map<string, Span[]> {
  const spans = new Map<string, Span[]>()
  for (const [id, from, to] of busy) {
    const known = spans.get(id)
    if (known) known.push({ from, to })
    else spans.set(id, [{ from, to }])
  }
  return spans
}

function closingOf(day: LocalDay, { branchHours, branchExceptions }: DiaryMonthRows): { closed: boolean; reason: string } {
  const closed = branchOpenings(day, branchHours, branchExceptions).length === 0
  const told = branchExceptions.find(({ onDate, kind, reason }) => onDate === day.date && kind === 'closed' && reason !== '')
  return { closed, reason: told?.reason ?? '' }
}
