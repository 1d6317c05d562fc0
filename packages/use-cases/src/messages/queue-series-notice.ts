import { v7 as uuid } from 'uuid'
import { findEventTime } from '@yoman/db/audit/event-time'
import type { Db, Tx } from '@yoman/db/database'
import { insertMessage } from '@yoman/db/messages/queries'
import { holdSayingsOf, insertSaid, lockSayingOf, namesFor, toldOf, waitingToSay } from '@yoman/db/messages/told'
import { findTemplate } from '@yoman/db/messages/visit-facts'
import { type SeriesChangeRow, type SeriesRow, type SeriesVisitRow, changesOfSeries, findSeries, seriesOfVisit, visitsOfSeries } from '@yoman/db/series/queries'
import { leavesAt, noticeGraceMinutes } from '@yoman/domain/messages/notice-due'
import { type SeriesNotice, type SeriesVisitKnown, seriesNoticeDue, seriesNoticeHolds, wasHeard } from '@yoman/domain/series/notice'
import { addMinutes, instant, isAfter } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import type { ComposeSeries } from './compose.ts'
import { type WayToTell, wayToTell } from './way-to-tell.ts'

/**
 * Tells the patient by one message that visits of a series are no longer what they know, in the words of how they stand now. What
 * changes again before it leaves, or is taken back, makes it void.
 */
export function queueSeriesNotice(ctx: Context, seriesId: string, compose: ComposeSeries): Promise<'queued' | 'nothing'> {
  return transact(ctx, async (tx) => {
    const done = await tellSeriesIn(tx, ctx, seriesId, compose)
    return done === 'one' ? 'nothing' : done // its own event tells of it
  })
}

/**
 * The series that speaks for a visit: the event is of a change that it made together with others, however long nobody was there to hear
 * it, or it made such a one a moment ago, or a message that names it waits to leave.
 */
export async function seriesSpeaksFor(db: Db, ctx: Context, appointmentId: string, eventId: string): Promise<string | null> {
  const member = await seriesOfVisit(db, appointmentId)
  if (!member) return null
  const [changes, at] = await Promise.all([changesOfSeries(db, member.series_id), findEventTime(db, eventId)])
  const isNow = (change: SeriesChangeRow): boolean => at?.equals(change.at) === true || isAfter(addMinutes(change.at, 2 * noticeGraceMinutes), ctx.now)
  const together = changes.some((change) => isTogether(change, appointmentId) && isNow(change))
  return together || (await waitingToSay(db, [appointmentId])).length > 0 ? member.series_id : null
}

/** The same inside a transaction; `one` where only a single visit is news, which is told as any is. */
export async function tellSeriesIn(tx: Tx, ctx: Context, seriesId: string, compose: ComposeSeries): Promise<'queued' | 'nothing' | 'one'> {
  await lockSayingOf(tx, seriesId) // the events of all its visits come at once
  const [series, rows] = [await findSeries(tx, seriesId), await visitsOfSeries(tx, seriesId)]
  await holdSayingsOf(tx, rows.map((row) => row.appointment_id))
  const notice = series ? seriesNoticeDue(await whatIsKnown(tx, seriesId, rows), ctx.now) : null
  if (!series || notice === null) return 'nothing'
  if (notice === 'one') return 'one'
  const [first] = notice.names
  if (!first || (await isWaiting(tx, ctx, notice))) return 'nothing'
  const way = await wayToTell(tx, first.id, (await toldOf(tx, [first.id])).get(first.id)?.channel ?? 'sms')
  return way && (await write(tx, ctx, series, notice, rows, way, compose)) ? 'queued' : 'nothing'
}

async function whatIsKnown(db: Db, seriesId: string, rows: readonly SeriesVisitRow[]): Promise<SeriesVisitKnown[]> {
  const [changes, told] = await Promise.all([changesOfSeries(db, seriesId), toldOf(db, rows.map((row) => row.appointment_id))])
  return rows.map((row) => {
    const last = told.get(row.appointment_id)
    return { id: row.appointment_id, startsAt: row.starts_at, status: row.status, told: last ? { startsAt: last.startsAt, cancelled: last.kind === 'cancelled' } : null, heard: heardOf(row, changes) }
  })
}

/** Where a visit was before it first changed with others. `changes`: the latest first. */
function heardOf(row: SeriesVisitRow, changes: readonly SeriesChangeRow[]): SeriesVisitKnown['heard'] {
  const together = changes.filter((change) => isTogether(change, row.appointment_id))
  const [latest, earliest] = [together[0], together.at(-1)]
  const booked = changes.find((change) => change.kind === 'booked' && change.visits.some(({ id }) => id === row.appointment_id))
  if (!latest || !earliest || (booked && !wasHeard(booked.at, latest.at))) return null
  const before = earliest.visits.find(({ id }) => id === row.appointment_id)?.before
  return { startsAt: before ? instant(before.startsAt) : row.starts_at }
}

const isTogether = ({ kind, visits }: Pick<SeriesChangeRow, 'kind' | 'visits'>, appointmentId: string): boolean => kind !== 'booked' && visits.length > 1 && visits.some(({ id }) => id === appointmentId)

/** Whether a message that says the same waits to leave already. */
async function isWaiting(db: Db, ctx: Context, { kind, said }: SeriesNotice): Promise<boolean> {
  const waiting = await waitingToSay(db, said.map(({ id }) => id))
  const messages = [...new Set(waiting.map(({ messageId }) => messageId))].map((id) => waiting.filter(({ messageId }) => messageId === id))
  return messages.some((one) => one.length === said.length && seriesNoticeHolds(one, ctx.now) && one.every(({ cancelled }) => cancelled) === (kind === 'series_cancelled'))
}

async function write(tx: Tx, ctx: Context, series: SeriesRow, notice: SeriesNotice, rows: readonly SeriesVisitRow[], { facts, channel, address }: WayToTell, compose: ComposeSeries): Promise<boolean> {
  const { kind, names } = notice
  const own = await findTemplate(tx, kind, 'sms', facts.language) // the clinic's words are the same in a mail
  const people = names.flatMap(({ id }) => rows.filter((row) => row.appointment_id === id).map((row) => row.practitioner_id))
  const words = compose({
    kind, channel, language: facts.language, own: own ? { subject: own.subject, body: own.body } : null,
    patientFirstName: facts.patientGivenName, clinicName: facts.clinicName, branchName: facts.branchName, phone: facts.phone, zone: facts.hours.zone,
    practitionerNames: await namesFor(tx, people, facts.language),
    rule: { unit: series.unit, every: series.every, monthBy: series.month_by },
    starts: names.map(({ startsAt }) => startsAt),
  })
  const id = uuid()
  const written = await insertMessage(tx, {
    clinic_id: ctx.clinicId, id, kind, channel, patient_id: facts.patientId,
    appointment_id: facts.appointmentId, appointment_starts_at: facts.startsAt, reminder_id: null, invoice_id: null,
    dedupe_key: `series-${id}`, language: facts.language, to_address: address, ...words,
    not_before: leavesAt(facts.startsAt, ctx.now, facts.graceMinutes), useful_until: names.at(-1)?.startsAt ?? facts.startsAt, created_at: ctx.now,
    lease_until: null, first_tried_at: null, sent_at: null, settled_at: null, provider_id: null, provider_status: null, error_code: null,
  })
  await insertSaid(tx, ctx.clinicId, id, notice.said)
  await recordEvents(tx, ctx, [{ name: 'message.queued', subject: { type: 'message', id }, patientId: facts.patientId, branchId: facts.branchId, details: { kind, series: series.id } }])
  return written
}
