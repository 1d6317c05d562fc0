import { type DiaryResource, findDiary } from '@yoman/db/appointments/diary'
import { zoneOfBranch } from '@yoman/db/appointments/queries'
import { allow } from '@yoman/domain/access'
import { openOn } from '@yoman/domain/appointments/arrange'
import { type LocalDay, localDays } from '@yoman/domain/availability/local-day'
import { branchOpenings } from '@yoman/domain/availability/openings'
import type { Span } from '@yoman/domain/availability/spans'
import { NotFound } from '@yoman/domain/refusal'
import { instantFromMs, plainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'

export interface DiaryQuery {
  branchId: string
  /** ISO; the first day. */
  date: string
  /** 1 to 7; one where unset. */
  days?: number | undefined
  /** Only these resources; all where unset. */
  of?: readonly string[] | undefined
  rooms?: boolean | undefined
  cancelled?: boolean | undefined
}

/** Some days of a branch: a column for everyone who works or has a visit there, all visits, and places that are held. Throws `NotFound`. */
export async function readDiary(ctx: Context, { branchId, date, days: count = 1, of = [], rooms = false, cancelled = false }: DiaryQuery) {
  allow(ctx.actor, 'diary.read')
  return read(ctx, async (db) => {
    const timeZone = await zoneOfBranch(db, ctx.clinicId, branchId)
    if (!timeZone) throw new NotFound('branch')
    const days = localDays(timeZone, plainDate(date), count)
    const span = wireSpan({ from: Math.min(...days.map((day) => day.span.from)), to: Math.max(...days.map((day) => day.span.to)) })
    const rows = await findDiary(db, { clinicId: ctx.clinicId, branchId, date, lastDate: days.at(-1)?.date ?? date, from: span.start, to: span.end, of, now: ctx.now.toString(), staffId: ctx.actor.staffId, rooms, cancelled })
    return {
      branchId,
      date,
      days: count,
      timeZone,
      day: span,
      branchOpen: days.flatMap((day) => branchOpenings(day, rows.branchHours, rows.branchExceptions).map(wireSpan)),
      columns: rows.resources.map((resource) => column(days, resource)).filter(({ open, away, occupied, kind }) => occupied || open.length > 0 || away.length > 0 || kind !== 'practitioner').map(({ occupied: _, ...shown }) => shown),
      visits: rows.visits,
      holds: rows.holds,
    }
  })
}

function column(days: readonly LocalDay[], { hours, exceptions, ...shown }: DiaryResource) {
  const openOf = (day: LocalDay, dated = exceptions): Span[] => openOn(day, { kind: shown.kind, hours, exceptions: dated })
  const unblocked = exceptions.filter(({ block }) => !block)
  const away = unblocked.length === exceptions.length ? [] : days.filter((day) => openOf(day).length === 0 && openOf(day, unblocked).length > 0)
  return { ...shown, open: days.flatMap((day) => openOf(day).map(wireSpan)), away: away.map(({ date }) => date) }
}

const wireSpan = ({ from, to }: Span) => ({ start: instantFromMs(from * 60_000).toString(), end: instantFromMs(to * 60_000).toString() })
