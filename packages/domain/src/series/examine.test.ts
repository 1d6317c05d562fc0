import { describe, expect, test } from 'vitest'
import type { Placement } from '../appointments/arrange.ts'
import type { BookableResource, Situation } from '../appointments/situation.ts'
import { type Instant, instant } from '../time.ts'
import { type Around, examine } from './examine.ts'

const now = instant('2027-03-01T08:00:00Z')
const weekly = [7, 1, 2, 3, 4].map((weekday) => ({ weekday, starts: 480, ends: 960, validFrom: null, validTo: null }))
const person = (given: Partial<BookableResource> = {}): BookableResource => ({ id: 'michal', kind: 'practitioner', active: true, branchId: null, profession: 'doctor', hours: weekly, exceptions: [], ...given })
const situation = (given: Partial<Situation> = {}): Situation => ({
  zone: 'Asia/Jerusalem',
  visitType: { id: 'talk', active: true, profession: 'doctor', durationMinutes: 30, bufferBefore: 0, bufferAfter: 0, placeKind: null, practitionerIds: [], needs: [] },
  resources: [person()],
  busy: [],
  ...given,
})
const around = (given: Partial<Situation> = {}, patientBusy: Around['patientBusy'] = []): Around => ({ situation: situation(given), branchHours: weekly, patientBusy })
const wish = (startsAt: string, given: Partial<Placement> = {}): Placement => ({
  branchId: 'center', practitionerId: 'michal', startsAt: instant(startsAt), durationMinutes: 30, placeId: null, alsoIds: [], outsideHours: false, instead: [], beginsAnew: true, ...given,
})
const minutesOf = (at: Instant | string): number => (typeof at === 'string' ? instant(at) : at).epochMilliseconds / 60_000
const busy = (startsAt: string, appointmentId = 'other') => ({ resourceId: 'michal', appointmentId, from: minutesOf(startsAt), to: minutesOf(startsAt) + 30, holdExpiresMs: null, overbooked: false })
const off = (onDate: string, whole: boolean, kind: 'closed' | 'open' = 'closed') => ({ onDate, kind, whole, starts: kind === 'open' ? 480 : null, ends: kind === 'open' ? 960 : null })

describe('how it stands with one visit of a series', () => {
  test('free within hours, with what it would occupy', () => {
    expect(examine(wish('2027-03-16T08:00:00Z'), around(), now)).toMatchObject({ state: 'free', arranged: { resourceIds: ['michal'] }, clash: null, anyway: null })
  })

  test('taken, and by what; not by those that make way for it', () => {
    const taken = around({ busy: [busy('2027-03-16T08:15:00Z')] })
    expect(examine(wish('2027-03-16T08:00:00Z'), taken, now)).toMatchObject({ state: 'clash', clash: { resourceId: 'michal', appointmentIds: ['other'] }, anyway: null })
    expect(examine(wish('2027-03-16T08:00:00Z', { instead: ['other'] }), taken, now).state).toBe('free')
  })

  test('a holiday by its name, before whatever else is wrong with the day', () => {
    expect(examine(wish('2027-04-22T06:00:00Z'), around(), now)).toMatchObject({ state: 'holiday', holiday: 'pesach', anyway: 'freely' })
    expect(examine(wish('2027-04-22T06:00:00Z'), around({ resources: [person({ exceptions: [off('2027-04-22', true)] })] }), now)).toMatchObject({ state: 'holiday', anyway: 'outside_hours' })
    expect(examine(wish('2027-04-22T06:00:00Z'), around({ busy: [busy('2027-04-22T06:00:00Z')] }), now)).toMatchObject({ state: 'holiday', anyway: null })
  })

  test('Purim and the middle days of Passover are working days', () => {
    expect(examine(wish('2027-03-23T08:00:00Z'), around(), now).state).toBe('free')
    expect(examine(wish('2027-04-25T06:00:00Z'), around(), now).state).toBe('free')
  })

  test('who was given hours on a holiday by name works on it', () => {
    expect(examine(wish('2027-04-22T06:00:00Z'), around({ resources: [person({ exceptions: [off('2027-04-22', false, 'open')] })] }), now).state).toBe('free')
  })

  test('another country has no Passover', () => {
    expect(examine(wish('2027-04-22T08:00:00Z'), around({ zone: 'Europe/London' }), now)).toMatchObject({ state: 'free', holiday: null })
  })

  test('a closed branch, somebody’s leave and mere hours are three things', () => {
    const closed = around({ resources: [person({ exceptions: [off('2027-03-16', true)] })] })
    const away = around({ resources: [person({ exceptions: [off('2027-03-16', false)] })] })
    expect(examine(wish('2027-03-16T08:00:00Z'), closed, now)).toMatchObject({ state: 'closed', anyway: 'outside_hours' })
    expect(examine(wish('2027-03-16T08:00:00Z'), away, now)).toMatchObject({ state: 'leave', anyway: 'outside_hours' })
    expect(examine(wish('2027-03-19T08:00:00Z'), around(), now).state).toBe('closed') // a Friday
    expect(examine(wish('2027-03-16T08:00:00Z'), around({ resources: [person({ hours: weekly.filter(({ weekday }) => weekday !== 2) })] }), now).state).toBe('outside_hours')
  })

  test('a meeting or another block is what somebody is away for, within hours and outside of them, and nothing is booked over it', () => {
    const meeting = (onDate: string, starts: number, ends: number, hours = weekly) => around({ resources: [person({ hours, exceptions: [{ onDate, kind: 'closed', whole: false, starts, ends, block: { kind: 'meeting', title: 'Staff', holiday: null } }] })] })
    expect(examine(wish('2027-03-16T08:00:00Z'), meeting('2027-03-16', 600, 660), now)).toMatchObject({ state: 'leave', anyway: null, arranged: null })
    expect(examine(wish('2027-03-16T08:00:00Z'), meeting('2027-03-16', 600, 660, weekly.filter(({ weekday }) => weekday !== 2)), now)).toMatchObject({ state: 'leave', anyway: null })
    expect(examine(wish('2027-03-19T08:00:00Z'), meeting('2027-03-19', 600, 660), now)).toMatchObject({ state: 'closed', anyway: null }) // a Friday
  })

  test('the same patient is elsewhere: told, and left to the desk', () => {
    const elsewhere = [{ appointmentId: 'cleaning', from: minutesOf('2027-03-16T08:10:00Z'), to: minutesOf('2027-03-16T08:40:00Z') }]
    expect(examine(wish('2027-03-16T08:00:00Z'), around({}, elsewhere), now)).toMatchObject({ state: 'patient_busy', anyway: 'freely', clash: { appointmentIds: ['cleaning'] } })
  })

  test('too late and too far cannot be at all', () => {
    expect(examine(wish('2027-02-01T08:00:00Z'), around(), now)).toMatchObject({ state: 'past', anyway: null })
    expect(examine(wish('2030-03-05T08:00:00Z'), around(), now)).toMatchObject({ state: 'too_far', anyway: null })
  })

  test('what is wrong with the wish itself is refused', () => {
    expect(() => examine(wish('2027-03-16T08:00:00Z', { practitionerId: 'nobody' }), around(), now)).toThrow('reference_unknown')
    expect(() => examine(wish('2027-03-16T08:00:00Z'), around({ resources: [person({ profession: 'hygienist' })] }), now)).toThrow('not_offered_by_practitioner')
  })
})
