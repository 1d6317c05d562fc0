import { findAppointment, zoneOfBranch } from '@yoman/db/appointments/queries'
import type { Db, Tx } from '@yoman/db/database'
import { type EntryRow, findEntry, insertEntry, lockEntry, replacePractitioners, saveEntry } from '@yoman/db/waitlist/entries'
import { allow, allowIn } from '@yoman/domain/access'
import { isAhead } from '@yoman/domain/appointments/appointment'
import type { PartOfDay } from '@yoman/domain/availability/part-of-day'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn, minutesBetween, type PlainDate, plainDate } from '@yoman/domain/time'
import { checkUntil, checkWaiting, entryEvent, type Urgency } from '@yoman/domain/waitlist/entry'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { type EntryView, loadEntry } from './read.ts'
import { withdrawOffersOf } from './settle.ts'

export interface TypedWishes {
  visitTypeId: string
  durationMinutes: number | null
  practitionerIds: readonly string[]
  weekdays: readonly number[]
  parts: readonly PartOfDay[]
  urgency: Urgency
  /** ISO. */
  until: string | null
}

export interface NewEntry extends TypedWishes {
  id: string
  branchId: string
  patientId: string
  note?: string | undefined
  appointmentId?: string | null | undefined
}

/**
 * Puts a patient on the list; a repeated request finds its own entry. Throws `already_waiting` (this visit does), `waitlist_until_past`,
 * `appointment_is_final` where the visit is not to come any more, `reference_unknown`, `id_taken`.
 */
export async function addToWaitlist(ctx: Context, wanted: NewEntry): Promise<EntryView> {
  allowIn(ctx.actor, 'waitlist.write', wanted.branchId)
  return transact(ctx, async (tx) => {
    const mine = await findEntry(tx, wanted.id)
    if (mine) {
      if (mine.patient_id !== wanted.patientId || mine.created_by !== ctx.actor.staffId) throw new Refusal('id_taken')
      return loadEntry(tx, ctx, wanted.id)
    }
    const until = await readUntil(tx, ctx, wanted.branchId, wanted.until)
    const visit = await visitOf(tx, ctx, wanted)
    const row = {
      clinic_id: ctx.clinicId, id: wanted.id, branch_id: wanted.branchId, patient_id: wanted.patientId, visit_type_id: visit?.visitTypeId ?? wanted.visitTypeId,
      duration_minutes: wanted.durationMinutes ?? visit?.minutes ?? null, weekdays: [...wanted.weekdays], parts: [...wanted.parts], urgency: wanted.urgency, until_date: until,
      note: wanted.note ?? '', appointment_id: visit?.id ?? null, booked_id: null, waiting_since: ctx.now, closed_at: null, created_by: ctx.actor.staffId,
    }
    await insertEntry(tx, row, wanted.practitionerIds)
    await recordEvents(tx, ctx, [entryEvent('waitlist.added', wanted, { urgency: wanted.urgency, until: wanted.until, appointment: row.appointment_id })])
    return loadEntry(tx, ctx, wanted.id)
  })
}

/** Throws `stale_version`, `waitlist_entry_closed`, `waitlist_until_past`, `reference_unknown`. */
export async function changeEntry(ctx: Context, id: string, version: number, change: Partial<TypedWishes> & { note?: string }): Promise<EntryView> {
  return onEntry(ctx, id, version, async (tx, entry) => {
    checkWaiting(entry)
    const until = change.until === undefined ? entry.until_date : await readUntil(tx, ctx, entry.branch_id, change.until)
    const { practitionerIds } = change
    await Promise.all([
      saveEntry(tx, entry, {
        visit_type_id: change.visitTypeId ?? entry.visit_type_id,
        duration_minutes: change.durationMinutes === undefined ? entry.duration_minutes : change.durationMinutes,
        weekdays: [...(change.weekdays ?? entry.weekdays)],
        parts: [...(change.parts ?? entry.parts)],
        urgency: change.urgency ?? entry.urgency,
        until_date: until,
        note: change.note ?? entry.note,
      }),
      practitionerIds ? replacePractitioners(tx, ctx.clinicId, id, practitionerIds) : undefined,
      recordEvents(tx, ctx, [entryEvent('waitlist.changed', namesOf(entry), { fields: Object.keys(change) })]),
    ])
  })
}

/** Off the list; its open offers are withdrawn. Throws `stale_version`, `waitlist_entry_closed`. */
export async function closeEntry(ctx: Context, id: string, version: number, outcome: 'done' | 'removed'): Promise<EntryView> {
  return onEntry(ctx, id, version, async (tx, entry) => {
    checkWaiting(entry)
    await saveEntry(tx, entry, { status: outcome, closed_at: ctx.now })
    await recordEvents(tx, ctx, [entryEvent('waitlist.closed', namesOf(entry), { outcome })])
  }, (tx) => withdrawOffersOf(tx, ctx, id))
}

/** Back on the list, with the time that it has waited. Throws `stale_version`, `waitlist_until_past`, `already_waiting`, and `waitlist_entry_closed` once a place was taken. */
export async function reopenEntry(ctx: Context, id: string, version: number): Promise<EntryView> {
  return onEntry(ctx, id, version, async (tx, entry) => {
    if (entry.status === 'open') return
    if (entry.status === 'booked') throw new Refusal('waitlist_entry_closed', { status: entry.status })
    await readUntil(tx, ctx, entry.branch_id, entry.until_date?.toString() ?? null)
    await saveEntry(tx, entry, { status: 'open', closed_at: null })
    await recordEvents(tx, ctx, [entryEvent('waitlist.changed', namesOf(entry), { from: entry.status, to: 'open' })])
  })
}

/** @param first what needs the locks of holds and offers: everyone takes those before the entry's. */
async function onEntry(ctx: Context, id: string, version: number, work: (tx: Tx, entry: EntryRow) => Promise<void>, first?: (tx: Tx) => Promise<void>): Promise<EntryView> {
  allow(ctx.actor, 'waitlist.write')
  return transact(ctx, async (tx) => {
    await first?.(tx)
    const entry = await lockEntry(tx, id)
    if (!entry) throw new NotFound('waitlist entry')
    allowIn(ctx.actor, 'waitlist.write', entry.branch_id)
    if (entry.version !== version) throw new Refusal('stale_version', { current: entry.version })
    await work(tx, entry)
    return loadEntry(tx, ctx, id)
  })
}

const namesOf = (entry: EntryRow) => ({ id: entry.id, patientId: entry.patient_id, branchId: entry.branch_id })

async function readUntil(db: Db, ctx: Context, branchId: string, typed: string | null): Promise<PlainDate | null> {
  const zone = await zoneOfBranch(db, ctx.clinicId, branchId)
  if (!zone) throw new Refusal('reference_unknown')
  const until = typed === null ? null : plainDate(typed)
  checkUntil(until, dateIn(zone, ctx.now))
  return until
}

async function visitOf(tx: Tx, ctx: Context, { appointmentId, patientId, branchId }: NewEntry) {
  if (appointmentId == null) return null
  const visit = await findAppointment(tx, ctx.clinicId, appointmentId)
  // Another patient's visit would tell of itself in the record of the other.
  if (!visit || visit.patientId !== patientId || visit.branchId !== branchId) throw new Refusal('reference_unknown')
  if (!isAhead(visit.status)) throw new Refusal('appointment_is_final', { status: visit.status })
  return { id: visit.id, visitTypeId: visit.visitTypeId, minutes: minutesBetween(visit.startsAt, visit.endsAt) }
}
