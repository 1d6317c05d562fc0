import { describe, expect, test } from 'vitest'
import { Refusal } from '../refusal.ts'
import { addMinutes, instant } from '../time.ts'
import type { Appointment } from './appointment.ts'
import type { Placement } from './arrange.ts'
import { book } from './book.ts'
import { changedPlacement, move } from './move.ts'
import { resettle } from './resettle.ts'
import type { BookableResource, Busy, Situation } from './situation.ts'

const nine = instant('2027-01-10T07:00:00Z') // a Sunday, 09:00
const now = instant('2027-01-10T06:00:00Z')
const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: 480, ends: 960, validFrom: null, validTo: null }))
const doctor = (id: string): BookableResource => ({ id, kind: 'practitioner', active: true, branchId: null, profession: 'doctor', hours: week, exceptions: [] })
const chair = (id: string): BookableResource => ({ id, kind: 'chair', active: true, branchId: 'b', profession: null, hours: [], exceptions: [] })
const minute = nine.epochMilliseconds / 60_000
const busy = (resourceId: string, appointmentId: string, from = 0, more: Partial<Busy> = {}): Busy => ({ resourceId, appointmentId, from: minute + from, to: minute + from + 30, holdExpiresMs: null, overbooked: false, ...more })
const situation = (taken: Busy[], today = 0, limit = 2): Situation => ({
  zone: 'Asia/Jerusalem',
  visitType: { id: 'check', active: true, profession: 'doctor', durationMinutes: 30, bufferBefore: 0, bufferAfter: 0, placeKind: 'chair', practitionerIds: [], needs: [] },
  resources: [doctor('d'), doctor('e'), chair('c1'), chair('c2')],
  busy: taken,
  overbookings: { today, limit },
})
const pain = { reason: ' swollen jaw ', places: false }
const request = (more: Partial<Placement> = {}) => ({ branchId: 'b', practitionerId: 'd', startsAt: nine, durationMinutes: null, placeId: null, alsoIds: [], outsideHours: false, instead: [], beginsAnew: true, id: 'mine', patientId: 'p', visitTypeId: 'check', deskNote: '', orderId: null, orderStep: null, ...more })
const code = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'allowed'
}
const standing = [busy('d', 'other'), busy('c1', 'other')]
const overbooked = (): Appointment => book(request({ overbook: pain }), situation(standing), 's', now).appointment

describe('a visit over another', () => {
  test('shares the doctor and keeps the reason; the chair is one of its own', () => {
    const { appointment, arranged, events } = book(request({ overbook: pain }), situation(standing), 's', now)
    expect(appointment).toMatchObject({ resourceIds: ['d', 'c2'], overbooked: { reason: 'swollen jaw', by: 's' } })
    expect(arranged.overbookedIds).toEqual(['d'])
    expect(events.map(({ name }) => name)).toEqual(['appointment.booked', 'appointment.overbooked'])
    expect(JSON.stringify(events)).not.toContain('swollen')
  })

  test('does not share a chair unless told so', () => {
    const full = situation([...standing, busy('c2', 'third')])
    expect(code(() => book(request({ overbook: pain }), full, 's', now))).toBe('slot_taken')
    expect(book(request({ overbook: { ...pain, places: true } }), full, 's', now).arranged.overbookedIds).toEqual(['d', 'c1'])
  })

  test('is nothing of the kind where the time is free after all', () => {
    const { appointment, events } = book(request({ overbook: pain }), situation([]), 's', now)
    expect([appointment.overbooked, events.length]).toEqual([null, 1])
  })

  test.each([
    ['the second of two', situation(standing, 1, 2), pain, 'allowed'],
    ['the third of two', situation(standing, 2, 2), pain, 'overbooking_limit_reached'],
    ['where there may be none', situation(standing, 0, 0), pain, 'overbooking_limit_reached'],
    ['without a word', situation(standing), { ...pain, reason: '  ' }, 'overbooking_needs_reason'],
    ['where somebody fills in a booking right now', situation([busy('d', 'hold', 0, { holdExpiresMs: now.epochMilliseconds + 1 })]), pain, 'slot_held'],
  ])('%s', (_name, at, overbook, expected) => {
    expect(code(() => book(request({ overbook }), at, 's', now))).toBe(expected)
  })

  test('takes its time like any other: nobody is booked over it by accident', () => {
    expect(code(() => book({ ...request(), id: 'next' }, situation([busy('d', 'mine', 0, { overbooked: true })]), 's', now))).toBe('slot_taken')
  })
})

describe('moved', () => {
  const own = [busy('d', 'mine', 0, { overbooked: true }), busy('c2', 'mine')]
  const moved = (appointment: Appointment, change: Parameters<typeof move>[1], at: Situation) =>
    move(appointment, change, changedPlacement(appointment, change, at, (id) => at.resources.find((one) => one.id === id) ?? chair(id)), at, 's', now)

  test('to a free time it is overbooked no more', () => {
    const { appointment, arranged } = moved(overbooked(), { startsAt: addMinutes(nine, 60) }, situation([...own, ...standing]))
    expect([appointment.overbooked, arranged.overbookedIds]).toEqual([null, []])
  })

  test('by a few minutes it keeps its reason, whoever moves it; over somebody else it needs a new one', () => {
    const slid = moved(overbooked(), { startsAt: addMinutes(nine, 5) }, situation([...own, ...standing], 2, 2))
    expect([slid.appointment.overbooked?.reason, slid.arranged.overbookedIds, slid.events.length]).toEqual(['swollen jaw', ['d'], 1])
    const further = situation([...own, ...standing, busy('d', 'third', 60)])
    expect(code(() => moved(overbooked(), { startsAt: addMinutes(nine, 60) }, further))).toBe('slot_taken')
    expect(moved(overbooked(), { startsAt: addMinutes(nine, 60), overbook: { reason: 'again', places: false } }, further).appointment.overbooked?.reason).toBe('again')
  })

  test('the visit below it may be resized and stays what it is', () => {
    const below = { ...overbooked(), id: 'other', overbooked: null, resourceIds: ['d', 'c1'] }
    const resized = moved(below, { durationMinutes: 20 }, situation([...own, ...standing]))
    expect([resized.appointment.overbooked, resized.arranged.overbookedIds]).toEqual([null, []])
  })
})

describe('a cancellation taken back', () => {
  const back = (taken: Busy[], today = 0): unknown => {
    const { appointment, overbookedIds } = resettle(overbooked(), ['d'], situation(taken, today), now)
    return [appointment.overbooked?.reason ?? null, overbookedIds]
  }
  test('is judged anew', () => {
    expect(back(standing)).toEqual(['swollen jaw', ['d']])
    expect(back([])).toEqual([null, []])
    expect(back([busy('d', 'later', 30)])).toEqual([null, []])
    expect(code(() => back(standing, 2))).toBe('overbooking_limit_reached')
  })
})
