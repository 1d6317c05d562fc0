import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../refusal.ts'
import { addMinutes, instant } from '../time.ts'
import { type Appointment, type Status, type StatusStep, isFinal, mayFollow } from './appointment.ts'
import { type Placement, arrange, lateEntryMinutes } from './arrange.ts'
import { book } from './book.ts'
import { hold, holdMinutes } from './hold.ts'
import { changedPlacement, checkVersion, move } from './move.ts'
import type { BookableResource, Busy, Situation } from './situation.ts'
import { type Stepped, arrive, callIn, cancel, complete, confirm, miss, start } from './steps.ts'
import { statusBefore, undo } from './undo.ts'

const zone = 'Asia/Jerusalem'
const nine = instant('2027-01-10T07:00:00Z') // a Sunday, 09:00
const now = instant('2027-01-10T06:00:00Z')

const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: 480, ends: 960, validFrom: null, validTo: null }))
const person = (id: string, more: Partial<BookableResource> = {}): BookableResource => ({ id, kind: 'practitioner', active: true, branchId: null, profession: 'doctor', hours: week, exceptions: [], ...more })
const chair = (id: string, more: Partial<BookableResource> = {}): BookableResource => ({ id, kind: 'chair', active: true, branchId: 'b', profession: null, hours: [], exceptions: [], ...more })
const situation = (more: Partial<Situation> = {}): Situation => ({
  zone,
  visitType: { id: 'check', active: true, profession: 'doctor', durationMinutes: 30, bufferBefore: 0, bufferAfter: 10, placeKind: 'chair', practitionerIds: [], needs: [] },
  resources: [person('d'), person('e'), person('h', { profession: 'hygienist' }), chair('c1'), chair('c2'), chair('far', { branchId: 'other' })],
  busy: [],
  ...more,
})
const placement = (more: Partial<Placement> = {}): Placement => ({ branchId: 'b', practitionerId: 'd', startsAt: nine, durationMinutes: null, placeId: null, alsoIds: [], outsideHours: false, instead: [], beginsAnew: true, ...more })
const busy = (resourceId: string, fromMinute: number, minutes: number, more: Partial<Busy> = {}): Busy => {
  const from = nine.epochMilliseconds / 60_000 + fromMinute
  return { resourceId, appointmentId: 'x', from, to: from + minutes, holdExpiresMs: null, overbooked: false, ...more }
}
const code = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'allowed'
}

describe('a place for a visit', () => {
  test('is the first free one, and what is occupied includes the buffers', () => {
    const arranged = arrange(placement(), situation({ busy: [busy('c1', 20, 30)] }), now)
    expect(arranged.resourceIds).toEqual(['d', 'c2'])
    expect([arranged.endsAt.toString(), arranged.occupied.endsAt.toString()]).toEqual(['2027-01-10T07:30:00Z', '2027-01-10T07:40:00Z'])
  })

  test.each([
    ['right after another', busy('d', -30, 30), 'allowed'],
    ['right before another, buffer included', busy('d', 40, 30), 'allowed'],
    ['with its buffer reaching into another', busy('d', 39, 30), 'slot_taken'],
    ['where somebody else holds', busy('d', 0, 30, { holdExpiresMs: now.epochMilliseconds + 1 }), 'slot_held'],
    ['where a hold just ran out', busy('d', 0, 30, { holdExpiresMs: now.epochMilliseconds }), 'allowed'],
    ['instead of itself', busy('d', 0, 30, { appointmentId: 'mine' }), 'allowed'],
  ])('%s', (_name, one, expected) => {
    expect(code(() => arrange(placement({ instead: ['mine'] }), situation({ busy: [one] }), now))).toBe(expected)
  })

  test.each<[string, Partial<Placement>, string]>([
    ['a quarter of an hour ago', { startsAt: addMinutes(now, -lateEntryMinutes), outsideHours: true }, 'allowed'],
    ['longer ago', { startsAt: addMinutes(now, -lateEntryMinutes - 1), outsideHours: true }, 'starts_in_the_past'],
    ['up to the last minute of the day', { startsAt: instant('2027-01-10T13:30:00Z') }, 'allowed'],
    ['a minute over it', { startsAt: instant('2027-01-10T13:31:00Z') }, 'outside_working_hours'],
    ['longer than half a day', { durationMinutes: 721, outsideHours: true }, 'too_long'],
    ['with somebody who does not do it', { practitionerId: 'h' }, 'not_offered_by_practitioner'],
    ['with nobody known', { practitionerId: 'nobody' }, 'reference_unknown'],
    ['on a chair elsewhere', { placeId: 'far' }, 'resource_not_in_branch'],
    ['on a person', { placeId: 'e' }, 'room_kind_missing'],
    ['with a second doctor', { alsoIds: ['e'] }, 'allowed'],
  ])('%s', (_name, more, expected) => {
    expect(code(() => arrange(placement(more), situation(), now))).toBe(expected)
  })

  test('needs a place of its kind in the branch', () => {
    expect(code(() => arrange(placement(), situation({ resources: [person('d')] }), now))).toBe('room_kind_missing')
    expect(code(() => arrange(placement(), situation({ busy: [busy('c1', 0, 5), busy('c2', 0, 5)] }), now))).toBe('slot_taken')
  })

  test('never overlaps anything that stands, and lies within the hours, whatever is asked', () => {
    const some = fc.array(fc.record({ resource: fc.constantFrom('d', 'e', 'c1', 'c2'), at: fc.integer({ min: -200, max: 500 }), minutes: fc.integer({ min: 1, max: 120 }) }), { maxLength: 20 })
    fc.assert(
      fc.property(some, fc.integer({ min: -60, max: 480 }), fc.integer({ min: 5, max: 200 }), fc.constantFrom('d', 'e'), (drawn, at, minutes, practitionerId) => {
        const standing = drawn.map((one) => busy(one.resource, one.at, one.minutes))
        let arranged
        try {
          arranged = arrange(placement({ practitionerId, startsAt: addMinutes(nine, at), durationMinutes: minutes }), situation({ busy: standing }), now)
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
          return
        }
        const [from, to] = [arranged.occupied.startsAt, arranged.occupied.endsAt].map((time) => time.epochMilliseconds / 60_000) as [number, number]
        expect(standing.filter((one) => arranged.resourceIds.includes(one.resourceId) && one.from < to && from < one.to)).toEqual([])
        expect(arranged.startsAt.epochMilliseconds).toBeGreaterThanOrEqual(instant('2027-01-10T06:00:00Z').epochMilliseconds)
        expect(arranged.endsAt.epochMilliseconds).toBeLessThanOrEqual(instant('2027-01-10T14:00:00Z').epochMilliseconds)
      }),
      { numRuns: 500 },
    )
  })
})

const request = { ...placement(), id: 'mine', patientId: 'p', visitTypeId: 'check', deskNote: '', orderId: null, orderStep: null }
const booked = (): Appointment => book(request, situation(), 's', now).appointment

test('a booking tells when, and for whom, and nothing that a person typed', () => {
  const { appointment, events } = book({ ...request, deskNote: 'secret' }, situation(), 's', now)
  expect(appointment).toMatchObject({ status: 'booked', version: 1, resourceIds: ['d', 'c1'] })
  expect(events).toEqual([expect.objectContaining({ name: 'appointment.booked', patientId: 'p', branchId: 'b', subject: { type: 'appointment', id: 'mine' } })])
  expect(JSON.stringify(events)).not.toContain('secret')
})

test('a hold knows nobody and runs out', () => {
  const { held } = hold({ ...placement(), id: 'h', visitTypeId: 'check' }, situation(), 's', now)
  expect(held).toMatchObject({ status: 'held', patientId: null })
  expect(held.holdExpiresAt?.equals(addMinutes(now, holdMinutes))).toBe(true)
})

describe('moving', () => {
  const moved = (appointment: Appointment, change: Parameters<typeof move>[1], at = situation()) =>
    move(appointment, change, changedPlacement(appointment, change, at, (id) => at.resources.find((one) => one.id === id) ?? chair(id)), at, 's', now)

  test('keeps the chair where it is free, and exchanges it where it is not', () => {
    const later = addMinutes(nine, 60)
    expect(moved(booked(), { startsAt: later }).appointment.resourceIds).toEqual(['d', 'c1'])
    expect(moved(booked(), { startsAt: later }, situation({ busy: [busy('c1', 60, 10)] })).appointment.resourceIds).toEqual(['d', 'c2'])
    expect(code(() => moved(booked(), { startsAt: later, placeId: 'c1' }, situation({ busy: [busy('c1', 60, 10)] })))).toBe('slot_taken')
  })

  test('asks for a new confirmation of a new time, not of a new length', () => {
    const confirmed = confirm(booked()).appointment
    expect(moved(confirmed, { startsAt: addMinutes(nine, 60) })).toMatchObject({ appointment: { status: 'booked' }, step: { status: 'booked' } })
    expect(moved(confirmed, { durationMinutes: 60 })).toMatchObject({ appointment: { status: 'confirmed' }, step: null })
  })

  test('is over when the visit is; one that has begun may only be made longer or shorter', () => {
    const arrived = arrive(booked(), zone, now).appointment
    expect(code(() => moved(arrived, { durationMinutes: 45 }))).toBe('allowed')
    expect(code(() => moved(arrived, { startsAt: addMinutes(nine, 30) }))).toBe('appointment_is_final')
    expect(code(() => moved(cancel(booked(), 'patient').appointment, { durationMinutes: 45 }))).toBe('appointment_is_final')
  })

  test('tells who comes too late', () => {
    expect(code(() => checkVersion(booked(), 1))).toBe('allowed')
    expect(code(() => checkVersion(booked(), 2))).toBe('stale_version')
  })
})

const later = addMinutes(nine, 1)
const steps: Record<string, (appointment: Appointment) => Stepped> = {
  confirmed: (a) => confirm(a),
  arrived: (a) => arrive(a, zone, later),
  called: (a) => callIn(a),
  in_treatment: (a) => start(a, zone, later),
  completed: (a) => complete(a),
  no_show: (a) => miss(a, later),
  cancelled: (a) => cancel(a, 'clinic'),
}

describe('the life of a visit', () => {
  test('goes only where the table lets it', () => {
    const reached = { ...booked() }
    for (const from of Object.keys(mayFollow) as Status[]) {
      if (from === 'held') continue
      const open = Object.entries(steps).filter(([, step]) => code(() => step({ ...reached, status: from })) === 'allowed').map(([to]) => to)
      expect(open.sort()).toEqual([...mayFollow[from]].sort())
    }
  })

  test('nobody arrives or begins on another day, and nobody is missed before the time', () => {
    const yesterday = addMinutes(nine, -24 * 60)
    expect(code(() => arrive(booked(), zone, yesterday))).toBe('status_change_not_allowed')
    expect(code(() => start(booked(), zone, yesterday))).toBe('status_change_not_allowed')
    expect(code(() => miss(booked(), addMinutes(nine, -1)))).toBe('status_change_not_allowed')
  })

  test('can be taken back step by step to the booking, whatever way it went', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...Object.keys(steps)) }, { weight: 1, arbitrary: fc.constant('undo') }), { maxLength: 15 }), (moves) => {
        let appointment = booked()
        const history: StatusStep[] = [{ status: 'booked', reason: '' }]
        const standing: Status[] = ['booked']
        const take = ({ appointment: next, step }: Stepped) => {
          expect(next.version).toBe(appointment.version + 1)
          appointment = next
          history.push(step)
        }
        for (const name of [...moves, ...Array.from({ length: 16 }, () => 'undo')]) {
          const step = steps[name]
          if (step && code(() => step(appointment)) === 'allowed') {
            take(step(appointment))
            standing.push(appointment.status)
          } else if (!step && standing.length > 1) {
            take(undo(appointment, history))
            standing.pop()
          }
          expect(appointment.status).toBe(standing.at(-1))
          expect(appointment.cancelReason === null || appointment.status === 'cancelled' || !isFinal(appointment.status)).toBe(true)
        }
        expect(appointment.status).toBe('booked')
        expect(appointment.cancelReason).toBeNull()
        expect(code(() => undo(appointment, history))).toBe('nothing_to_undo')
      }),
    )
  })

  test('a confirmation of the old time does not come back for the new one', () => {
    expect(statusBefore([{ status: 'booked', reason: '' }, { status: 'confirmed', reason: '' }, { status: 'booked', reason: 'moved to another time' }])).toBeNull()
  })

  test('only a cancelled visit has to find its place free again', () => {
    const cancelled = cancel(booked(), 'patient')
    expect(undo(cancelled.appointment, [{ status: 'booked', reason: '' }, cancelled.step]).occupiesAgain).toBe(true)
    const arrived = arrive(booked(), zone, later)
    expect(undo(arrived.appointment, [{ status: 'booked', reason: '' }, arrived.step]).occupiesAgain).toBe(false)
  })
})
