import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BookableResource, Situation } from '../appointments/situation.ts'
import { addMinutes, instant, plainDate, plainTime } from '../time.ts'
import { cannotText, checkOffer, offerExpires, offerState } from './offer.ts'
import { beforeOther, type FreedPlace, type Waiting, wants, whoFits } from './who-fits.ts'

const zone = 'Asia/Jerusalem'
const nine = instant('2027-01-10T07:00:00Z') // a Sunday, 09:00
const now = instant('2027-01-08T06:00:00Z')
const place: FreedPlace = { branchId: 'b', practitionerId: 'd', startsAt: nine }

const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: 480, ends: 960, validFrom: null, validTo: null }))
const doctor: BookableResource = { id: 'd', kind: 'practitioner', active: true, branchId: null, profession: 'doctor', hours: week, exceptions: [] }
const chair: BookableResource = { id: 'c', kind: 'chair', active: true, branchId: 'b', profession: null, hours: [], exceptions: [] }
const minute = nine.epochMilliseconds / 60_000
const situation = (more: Partial<Situation> = {}, type: Partial<Situation['visitType']> = {}): Situation => ({
  zone, visitType: { id: 'talk', active: true, profession: 'doctor', durationMinutes: 30, bufferBefore: 0, bufferAfter: 10, placeKind: 'chair', practitionerIds: [], needs: [], ...type }, resources: [doctor, chair], busy: [], ...more,
})
const one = (more: Partial<Waiting> = {}): Waiting => ({
  id: 'a', visitTypeId: 'talk', durationMinutes: null, practitionerIds: [], weekdays: [], parts: [], until: null, urgency: 'normal', waitingSince: now, visit: null, elsewhere: [], ...more,
})
const fits = (waiting: Waiting[], given = situation(), holdId: string | null = null) => whoFits(place, waiting, new Map([['talk', given]]), now, holdId).map(({ entry }) => entry.id)

describe('wishes', () => {
  test.each<[string, Partial<Waiting>, boolean]>([
    ['nothing in particular', {}, true],
    ['this practitioner', { practitionerIds: ['x', 'd'] }, true],
    ['another one', { practitionerIds: ['x'] }, false],
    ['this day of the week', { weekdays: [7] }, true],
    ['another day', { weekdays: [1, 2] }, false],
    ['the morning', { parts: ['morning'] }, true],
    ['the evening or the afternoon', { parts: ['evening', 'afternoon'] }, false],
    ['until that very day', { until: plainDate('2027-01-10') }, true],
    ['until the day before', { until: plainDate('2027-01-09') }, false],
    ['earlier than a visit later that day', { visit: { id: 'v', startsAt: addMinutes(nine, 60) } }, true],
    ['earlier than a visit at that very time', { visit: { id: 'v', startsAt: nine } }, false],
  ])('%s: %j is met: %s', (_what, wish, met) => {
    expect(wants(one(wish), place, zone)).toBe(met)
    expect(fits([one(wish)]).length).toBe(met ? 1 : 0)
  })

  test('noon is the afternoon on the wall of the branch, also on the day on which the clocks change', () => {
    const noon = { ...place, startsAt: instant('2027-03-26T09:00:00Z') } // 12:00 in summer time, which began that night
    expect([wants(one({ parts: ['morning'] }), noon, zone), wants(one({ parts: ['afternoon'] }), noon, zone)]).toEqual([false, true])
  })
})

describe('a place', () => {
  test('is for whom its length and its buffers are enough', () => {
    const next = { resourceId: 'd', appointmentId: 'x', from: minute + 40, to: minute + 70, holdExpiresMs: null, overbooked: false }
    expect(fits([one({ id: 'short' }), one({ id: 'long', durationMinutes: 35 })], situation({ busy: [next] }))).toEqual(['short'])
  })

  test('needs the practitioner to do this kind of visit, and a free room where one is needed', () => {
    expect(fits([one()], situation({}, { profession: 'hygienist' }))).toEqual([])
    expect(fits([one()], situation({ busy: [{ resourceId: 'c', appointmentId: 'x', from: minute, to: minute + 5, holdExpiresMs: null, overbooked: false }] }))).toEqual([])
    expect(fits([one()], situation({ resources: [doctor, { ...chair, branchId: 'other' }] }))).toEqual([])
  })

  test('that is over, or outside hours, is for nobody', () => {
    expect(whoFits({ ...place, startsAt: addMinutes(now, -5) }, [one()], new Map([['talk', situation()]]), now)).toEqual([])
    expect(whoFits({ ...place, startsAt: instant('2027-01-10T04:00:00Z') }, [one()], new Map([['talk', situation()]]), now)).toEqual([])
  })

  test('is not for whom is elsewhere then, and its own hold is in nobody\'s way', () => {
    expect(fits([one({ elsewhere: [{ from: minute + 29, to: minute + 60 }] })])).toEqual([])
    expect(fits([one({ elsewhere: [{ from: minute + 30, to: minute + 60 }] })])).toEqual(['a'])
    const held = situation({ busy: [{ resourceId: 'd', appointmentId: 'hold', from: minute, to: minute + 40, holdExpiresMs: now.epochMilliseconds + 60_000, overbooked: false }] })
    expect([fits([one()], held), fits([one()], held, 'hold')]).toEqual([[], ['a']])
  })
})

test('the most urgent come first, then who has waited longest, in whatever order they were read', () => {
  const entry = fc.record({ id: fc.uuid(), urgency: fc.constantFrom('urgent' as const, 'soon' as const, 'normal' as const), minutes: fc.integer({ min: 0, max: 5 }) })
  fc.assert(fc.property(fc.uniqueArray(entry, { selector: ({ id }) => id, maxLength: 12 }), (entries) => {
    const waiting = entries.map(({ id, urgency, minutes }) => one({ id, urgency, waitingSince: addMinutes(now, minutes) }))
    const found = whoFits(place, waiting, new Map([['talk', situation()]]), now).map((fit) => fit.entry)
    expect(found).toHaveLength(waiting.length)
    for (const [at, next] of found.slice(1).entries()) {
      const before = found[at] ?? next
      const rank = { urgent: 0, soon: 1, normal: 2 }
      expect(rank[before.urgency] <= rank[next.urgency]).toBe(true)
      if (before.urgency === next.urgency) expect(before.waitingSince.epochMilliseconds <= next.waitingSince.epochMilliseconds).toBe(true)
      expect(beforeOther(before, next)).toBeLessThan(0)
    }
  }))
})

describe('an offer', () => {
  test('holds for its minutes, and never into the visit itself', () => {
    expect(offerExpires(nine, 15, now).equals(addMinutes(now, 15))).toBe(true)
    expect(offerExpires(addMinutes(now, 5), 15, now).equals(addMinutes(now, 5))).toBe(true)
  })

  test('is open until its last moment, and only while its place is held', () => {
    const offer = { status: 'open' as const, expiresAt: addMinutes(now, 15) }
    expect(offerState(offer, { status: 'held' }, addMinutes(now, 14))).toBe('open')
    expect(offerState(offer, { status: 'held' }, addMinutes(now, 15))).toBe('expired')
    expect(offerState(offer, { status: 'cancelled' }, now)).toBe('lost')
    expect(() => checkOffer({ ...offer, status: 'declined' }, { status: 'held' }, now)).toThrow('offer_gone')
  })

  test('goes by SMS only to whom it may and when it may', () => {
    const hours = { zone, quietFrom: plainTime('21:00'), quietTo: plainTime('08:00'), eveCutoff: plainTime('13:00'), sabbathPolicy: 'back' as const }
    const to = { address: '+972501234501', refused: false }
    expect(cannotText(to, hours, nine)).toBeNull()
    expect(cannotText({ ...to, refused: true }, hours, nine)).toBe('no_consent')
    expect(cannotText({ ...to, address: null }, hours, nine)).toBe('nothing_to_send_to')
    expect(cannotText(to, hours, instant('2027-01-09T10:00:00Z'))).toBe('offer_outside_sending_hours') // the Sabbath
    expect(cannotText(to, hours, instant('2027-01-10T20:00:00Z'))).toBe('offer_outside_sending_hours') // 22:00
  })
})
