import { v7 as uuid } from 'uuid'
import { insertMessage, isNoticeWaiting } from '@yoman/db/messages/queries'
import { holdSayingsOf, toldOf } from '@yoman/db/messages/told'
import { findTemplate } from '@yoman/db/messages/visit-facts'
import { leavesAt, noticeDue } from '@yoman/domain/messages/notice-due'
import { isBefore } from '@yoman/domain/time'
import type { Tx } from '@yoman/db/database'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { type Compose, type ComposeSeries, toSay } from './compose.ts'
import { openLinkOf } from '../visit-links/link.ts'
import { wayToTell } from './way-to-tell.ts'
import { seriesSpeaksFor, tellSeriesIn } from './queue-series-notice.ts'

/**
 * Tells the patient when a visit is no longer what they were told; it leaves after a few minutes in which it may be taken
 * back. Looks at the visit as it is now, not at the event, so that a visit moved twice is told once; `eventId` makes the same
 * event heard twice one message. A visit that changed with others of its series is told of together with them.
 */
export function queueNotice(ctx: Context, appointmentId: string, eventId: string, compose: Compose, composeSeries: ComposeSeries): Promise<'queued' | 'nothing'> {
  return transact(ctx, async (tx) => {
    const seriesId = await seriesSpeaksFor(tx, ctx, appointmentId, eventId)
    const together = seriesId === null ? 'one' : await tellSeriesIn(tx, ctx, seriesId, composeSeries)
    return together === 'one' ? tellVisitIn(tx, ctx, appointmentId, eventId, compose) : together
  })
}

async function tellVisitIn(tx: Tx, ctx: Context, appointmentId: string, eventId: string, compose: Compose): Promise<'queued' | 'nothing'> {
  await holdSayingsOf(tx, [appointmentId])
  const told = (await toldOf(tx, [appointmentId])).get(appointmentId) ?? null
  const way = told && (await wayToTell(tx, appointmentId, told.channel))
  if (!told || !way) return 'nothing'
  const { facts, channel, address } = way
  const notice = noticeDue(told, facts, ctx.now)
  if (notice === null || (await isNoticeWaiting(tx, appointmentId, notice, facts.startsAt))) return 'nothing'

  const words = compose(toSay(notice, channel, facts, await findTemplate(tx, notice, channel, facts.language)))
  const id = uuid()
  const written = await insertMessage(tx, {
    clinic_id: ctx.clinicId, id, kind: notice, channel, patient_id: facts.patientId,
    appointment_id: facts.appointmentId, appointment_starts_at: facts.startsAt, reminder_id: null, invoice_id: null,
    dedupe_key: `notice-${eventId}`, language: facts.language, to_address: address, ...words,
    not_before: leavesAt(isBefore(told.startsAt, facts.startsAt) ? told.startsAt : facts.startsAt, ctx.now, facts.graceMinutes), useful_until: facts.startsAt, created_at: ctx.now,
    lease_until: null, first_tried_at: null, sent_at: null, settled_at: null, provider_id: null, provider_status: null, error_code: null,
  })
  if (!written) return 'nothing'
  await openLinkOf(tx, ctx, facts, words)
  await recordEvents(tx, ctx, [{ name: 'message.queued', subject: { type: 'message', id }, patientId: facts.patientId, branchId: facts.branchId, details: { kind: notice, appointment: appointmentId } }])
  return 'queued'
}
