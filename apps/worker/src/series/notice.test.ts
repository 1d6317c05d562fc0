import { instant } from '@yoman/domain/time'
import { castId } from '@yoman/testing/cast'
import { changeAppointment } from '@yoman/use-cases/appointments/change'
import { bookSeries } from '@yoman/use-cases/series/book'
import { cancelSeries } from '@yoman/use-cases/series/cancel'
import { changeSeries } from '@yoman/use-cases/series/change'
import type { SeriesView } from '@yoman/use-cases/series/read'
import { undoSeries } from '@yoman/use-cases/series/undo'
import { describe, expect, it } from 'vitest'
import { addRule, openDesk } from '../desk.fixture.ts'

const desk = await openDesk()
await addRule(desk)
const numbers = { sara: '+972501234501', ahmad: '+972521234502', olga: '+972541234503' } as const
const at = (iso: string, weeks: number): string => instant(iso).add({ hours: 168 * weeks }).toString()
let ids = 0
const newId = (): string => castId('series', String((ids += 1)))

/** A weekly series that was booked an hour ago. */
async function series(patient: keyof typeof numbers, startsAt: string, count: number, now: string): Promise<SeriesView> {
  desk.setNow(instant(now).subtract({ hours: 1 }))
  const first = await desk.book(patient, startsAt)
  const visits = Array.from({ length: count - 1 }, (_, index) => ({ id: newId(), startsAt: at(startsAt, index + 1), practitionerId: desk.clinic.practitioners.doctor }))
  const booked = await bookSeries(desk.as('receptionist'), { id: newId(), appointmentId: first, rule: { unit: 'week', every: 1 }, visits })
  desk.setNow(now)
  return booked
}

/** Moves the visits from one on by a number of hours. */
async function moveBy(view: SeriesView, from: number, hours: number): Promise<SeriesView> {
  const visits = view.visits.slice(from).map((visit) => ({ appointmentId: visit.appointmentId, startsAt: instant(visit.startsAt).add({ hours }).toString(), practitionerId: visit.practitionerId, durationMinutes: 20 }))
  const after = await changeSeries(desk.as('receptionist'), view.id, { id: newId(), version: view.version, scope: 'following', visits })
  await desk.work()
  return after
}
async function later(now: string): Promise<void> {
  desk.setNow(now)
  await desk.work()
}
const kindsOf = async (view: SeriesView) =>
  (await desk.database.db.selectFrom('message').select(['kind', 'state']).where('appointment_id', 'in', view.visits.map((visit) => visit.appointmentId)).orderBy('created_at').orderBy('id').execute()).map(({ kind, state }) => `${kind} ${state}`)
/** A message that told the patient of a visit a while ago. */
async function tell({ appointmentId, startsAt }: { appointmentId: string; startsAt: string }): Promise<void> {
  const at = instant('2027-05-03T07:45:00Z')
  await desk.database.db.insertInto('message').values({
    clinic_id: desk.clinic.id, id: newId(), kind: 'booked', channel: 'sms', patient_id: desk.clinic.patients.olga, appointment_id: appointmentId, appointment_starts_at: instant(startsAt), reminder_id: null, invoice_id: null,
    offer_id: null, dedupe_key: appointmentId, language: 'ru', to_address: numbers.olga, body: 'x', state: 'delivered', not_before: at, useful_until: null, attempt: 1, lease_until: null, first_tried_at: at,
    sent_at: at, settled_at: at, provider_id: `SM${appointmentId}`, provider_status: null, error_code: null, created_at: at,
  }).execute()
}
const idAt = (view: SeriesView, index: number): string => view.visits[index]?.appointmentId ?? ''

describe('a series that changes', () => {
  it('is told of by e-mail where no SMS reaches the patient', async () => {
    const { db } = desk.database
    const patient = desk.clinic.patients.olga
    await db.updateTable('patient').set({ email: 'olga@patients.example' }).where('id', '=', patient).execute()
    await db.insertInto('dead_address').values({ clinic_id: desk.clinic.id, channel: 'sms', address: numbers.olga, code: '30006', marked_at: instant('2026-11-21T08:00:00Z') }).execute()
    const view = await series('olga', '2026-12-03T07:00:00Z', 4, '2026-11-19T08:00:00Z')
    await moveBy(view, 1, 1)
    await later('2026-11-19T08:03:30Z')
    const mail = desk.office.ledger.mails().at(-1)
    expect(mail).toMatchObject({ to: ['olga@patients.example'], subject: 'Ваши визиты изменены', attachments: [] })
    expect(await kindsOf(view)).toEqual(['series_changed sent'])
    await db.deleteFrom('dead_address').execute()
    await db.updateTable('patient').set({ email: null }).where('id', '=', patient).execute()
  })

  it('is told of once, after the time to take it back, by its new pattern and in the patient\'s language', async () => {
    const view = await series('ahmad', '2026-12-01T07:00:00Z', 6, '2026-11-22T08:00:00Z')
    await moveBy(view, 1, 25)
    await later('2026-11-22T08:02:50Z')
    expect(desk.smsTo(numbers.ahmad)).toEqual([])
    await later('2026-11-22T08:03:30Z')
    await desk.work()
    const [text, ...more] = desk.smsTo(numbers.ahmad)
    expect(more).toEqual([])
    expect(text).toContain('الأربعاء')
    expect(text).toContain('10:00')
    expect(text).toContain('5')
    expect(text).not.toContain('שיחה')
    expect(await kindsOf(view)).toEqual(['series_changed sent'])
  })

  it('while nothing worked for twenty minutes, is told of once all the same; one of them that changes afterwards, by itself', async () => {
    const view = await series('olga', '2027-05-04T07:00:00Z', 4, '2027-05-03T07:30:00Z')
    await later('2027-05-03T08:00:00Z') // the reminder of the first
    for (const visit of view.visits.slice(1)) await tell(visit) // of the others by whatever message
    const told = await kindsOf(view)
    const before = desk.smsTo(numbers.olga).length
    const visits = view.visits.map((visit) => ({ appointmentId: visit.appointmentId, startsAt: instant(visit.startsAt).add({ hours: 24 }).toString(), practitionerId: visit.practitionerId, durationMinutes: 20 }))
    await changeSeries(desk.as('receptionist'), view.id, { id: newId(), version: view.version, scope: 'all', visits })
    desk.setNow('2027-05-03T08:10:00Z')
    await changeAppointment(desk.as('receptionist'), idAt(view, 1), 2, { startsAt: instant('2027-05-12T11:00:00Z') })
    await later('2027-05-03T08:20:00Z') // the worker, the queue or the database was away
    await later('2027-05-03T08:25:00Z')
    expect(desk.smsTo(numbers.olga).slice(before)).toEqual([expect.stringContaining('12.05 в 14:00')])
    expect(await kindsOf(view)).toEqual([...told, 'series_changed sent'])

    await changeAppointment(desk.as('receptionist'), idAt(view, 2), 2, { startsAt: instant('2027-05-20T07:00:00Z') })
    await later('2027-05-03T08:50:00Z')
    await later('2027-05-03T08:55:00Z')
    expect(await kindsOf(view)).toEqual([...told, 'series_changed sent', 'moved sent'])
  })

  it('and is taken back in time, is not spoken of; taken back afterwards, the patient hears where it is again', async () => {
    const view = await series('sara', '2026-12-01T08:00:00Z', 4, '2026-11-22T09:00:00Z')
    const before = desk.smsTo(numbers.sara).length
    const moved = await moveBy(view, 1, 25)
    await later('2026-11-22T09:01:00Z')
    const back = await undoSeries(desk.as('receptionist'), view.id, { id: newId(), changeId: moved.undo?.changeId ?? '' })
    await later('2026-11-22T09:10:00Z')
    expect(desk.smsTo(numbers.sara)).toHaveLength(before)
    expect(await kindsOf(view)).toEqual(['series_changed skipped'])

    const again = await moveBy(back, 1, 25)
    await later('2026-11-22T09:14:00Z')
    expect(desk.smsTo(numbers.sara)).toHaveLength(before + 1)
    await undoSeries(desk.as('receptionist'), view.id, { id: newId(), changeId: again.undo?.changeId ?? '' })
    await desk.work()
    await later('2026-11-22T09:20:00Z')
    expect(desk.smsTo(numbers.sara).slice(before + 1)).toEqual([expect.stringContaining('כל שבוע ביום שלישי בשעה 10:00, מ־8.12 עד 22.12 (3 תורים)')])
  })

  it('twice within that time, and one of its visits once more, is one message of how it stands', async () => {
    const view = await series('olga', '2026-12-02T06:30:00Z', 5, '2026-11-22T10:00:00Z')
    const before = desk.smsTo(numbers.olga).length
    const once = await moveBy(view, 0, 1)
    await later('2026-11-22T10:01:00Z')
    const twice = await moveBy(once, 0, 1)
    await later('2026-11-22T10:02:00Z')
    const one = twice.visits[2]
    if (!one) throw new Error('five visits have a third')
    await changeAppointment(desk.as('receptionist'), one.appointmentId, one.version, { startsAt: instant(one.startsAt).subtract({ hours: 24 }) })
    await desk.work()
    await later('2026-11-22T10:15:00Z')
    expect(desk.smsTo(numbers.olga).slice(before)).toEqual([expect.stringMatching(/среда в 10:30, с 0?2\.12 по 30\.12 \(визитов: 5\); в другое время: вт, 15\.12 в 10:30/)])
  })

  it('of which one was told of by its reminder, is told of once, and that visit not again', async () => {
    const view = await series('sara', '2027-01-05T07:00:00Z', 3, '2027-01-04T07:30:00Z')
    await later('2027-01-04T08:00:00Z') // the reminder of the first
    const before = desk.smsTo(numbers.sara).length
    await moveBy(view, 0, 24)
    await later('2027-01-04T08:05:00Z')
    await later('2027-01-04T08:30:00Z')
    expect(desk.smsTo(numbers.sara)).toHaveLength(before + 1)
    expect(await kindsOf(view)).toEqual(['reminder sent', 'series_changed sent'])
    // A single visit of it afterwards is told as any visit is: the patient knows where it was.
    const [first] = view.visits
    await changeAppointment(desk.as('receptionist'), first?.appointmentId ?? '', 2, { startsAt: instant('2027-01-06T09:00:00Z') })
    await desk.work()
    await later('2027-01-04T08:40:00Z')
    expect(desk.smsTo(numbers.sara).slice(before + 1)).toEqual([expect.stringContaining('11:00')])
  })

  it('that ends is told of once; ended and brought back in time, not at all', async () => {
    const view = await series('ahmad', '2027-02-02T07:00:00Z', 4, '2027-01-20T08:00:00Z')
    const before = desk.smsTo(numbers.ahmad).length
    const ended = await cancelSeries(desk.as('receptionist'), view.id, { id: newId(), version: view.version, scope: 'following', appointmentId: idAt(view, 1), reason: 'patient' })
    await later('2027-01-20T08:01:00Z')
    const back = await undoSeries(desk.as('receptionist'), view.id, { id: newId(), changeId: ended.undo?.changeId ?? '' })
    await later('2027-01-20T08:10:00Z')
    expect(desk.smsTo(numbers.ahmad)).toHaveLength(before)
    await cancelSeries(desk.as('receptionist'), view.id, { id: newId(), version: back.version, scope: 'following', appointmentId: idAt(view, 1), reason: 'patient' })
    await desk.work()
    await later('2027-01-20T08:14:00Z')
    await later('2027-01-20T08:20:00Z')
    const told = desk.smsTo(numbers.ahmad).slice(before)
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('إلغاء')
    expect(told[0]).toContain('من 9/2 حتى 23/2')
  })

  it('and its booking taken back at once, is not spoken of', async () => {
    const view = await series('olga', '2027-03-02T08:00:00Z', 3, '2027-02-20T10:00:00Z')
    desk.setNow('2027-02-20T09:01:00Z') // a minute after it was booked
    const before = desk.smsTo(numbers.olga).length
    await undoSeries(desk.as('receptionist'), view.id, { id: newId(), changeId: view.undo?.changeId ?? '' })
    await later('2027-02-20T09:10:00Z')
    expect(desk.smsTo(numbers.olga)).toHaveLength(before)
  })
})
