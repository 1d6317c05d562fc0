import { type DiaryResource, findDiary } from '@yoman/db/appointments/diary'
import { zoneOfBranch } from '@yoman/db/appointments/queries'
import { allow } from '@yoman/domain/access'
import { openOn } from '@yoman/domain/appointments/arrange'
import { type LocalDay, localDay } from '@yoman/domain/availability/local-day'
import { branchOpenings } from '@yoman/domain/availability/openings'
import type { Span } from '@yoman/domain/availability/spans'
import { NotFound } from '@yoman/domain/refusal'
import { instantFromMs, plainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'

export interface DiaryQuery {
  branchId: string
  /** ISO. */
  date: string
  rooms?: boolean | undefined
  cancelled?: boolean | undefined
}

/** One day of a branch: a column for everyone who works or has a visit there, all visits, and places that are held. Throws `NotFound`. */
export async function readDiary(ctx: Context, { branchId, date, rooms = false, cancelled = false }: DiaryQuery) {
  allow(ctx.actor, 'diary.read')
  return read(ctx, async (db) => {
    const timeZone = await zoneOfBranch(db, ctx.clinicId, branchId)
    if (!timeZone) throw new NotFound('branch')
    const day = localDay(timeZone, plainDate(date))
    const span = wireSpan(day.span)
    const rows = await findDiary(db, { clinicId: ctx.clinicId, branchId, date, from: span.start, to: span.end, now: ctx.now.toString(), staffId: ctx.actor.staffId, rooms, cancelled })
    return {
      branchId,
      date,
      timeZone,
      day: span,
      branchOpen: branchOpenings(day, rows.branchHours, rows.branchExceptions).map(wireSpan),
      columns: rows.resources.map((resource) => column(day, resource)).filter(({ open, occupied, kind }) => occupied || open.length > 0 || kind !== 'practitioner').map(({ occupied: _, ...shown }) => shown),
      visits: rows.visits,
      holds: rows.holds,
    }
  })
}

function column(day: LocalDay, { hours, exceptions, ...shown }: DiaryResource) {
  return { ...shown, open: openOn(day, { kind: shown.kind, hours, exceptions }).map(wireSpan) }
}

const wireSpan = ({ from, to }: Span) => ({ start: instantFromMs(from * 60_000).toString(), end: instantFromMs(to * 60_000).toString() })
