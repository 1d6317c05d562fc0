import { describe, expect, test } from 'vitest'
import { Refusal } from '../refusal.ts'
import { addMinutes, instant } from '../time.ts'
import type { Appointment } from './appointment.ts'
import { type Placement, arrange } from './arrange.ts'
import { book } from './book.ts'
import { changedPlacement, move } from './move.ts'
import { checkNeeds } from './needs.ts'
import type { BookableResource, Busy, Need, Situation } from './situation.ts'

const nine = instant('2027-01-10T07:00:00Z') // a Sunday, 09:00
const now = instant('2027-01-10T06:00:00Z')
const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: 480, ends: 960, validFrom: null, validTo: null }))
const person = (id: string, profession: BookableResource['profession'], hours = week): BookableResource => ({ id, kind: 'practitioner', active: true, branchId: null, profession, hours, exceptions: [] })
const thing = (id: string, kind: 'room' | 'device', branchId = 'b'): BookableResource => ({ id, kind, active: true, branchId, profession: null, hours: [], exceptions: [] })
const assistant: Need = { kind: 'practitioner', profession: 'assistant', resourceIds: [] }
const xray: Need = { kind: 'device', profession: null, resourceIds: ['x1', 'x2'] }
const anyDevice: Need = { kind: 'device', profession: null, resourceIds: [] }

const situation = (busy: Busy[] = [], needs = [assistant, xray], placeKind: 'room' | null = 'room'): Situation => ({
  zone: 'Asia/Jerusalem',
  visitType: { id: 'implant', active: true, profession: 'doctor', durationMinutes: 30, bufferBefore: 0, bufferAfter: 0, placeKind, practitionerIds: [], needs },
  resources: [person('d', 'doctor'), person('m', 'assistant'), person('n', 'assistant'), thing('r1', 'room'), thing('r2', 'room'), thing('laser', 'device'), thing('x1', 'device'), thing('x2', 'device'), thing('x3', 'device', 'far')],
  busy,
})
const busy = (resourceId: string, more: Partial<Busy> = {}): Busy => ({ resourceId, appointmentId: `of ${resourceId}`, from: nine.epochMilliseconds / 60_000, to: nine.epochMilliseconds / 60_000 + 30, holdExpiresMs: null, overbooked: false, ...more })
const placement = (more: Partial<Placement> = {}): Placement => ({ branchId: 'b', practitionerId: 'd', startsAt: nine, durationMinutes: null, placeId: null, alsoIds: [], outsideHours: false, instead: [], beginsAnew: true, ...more })
const refusal = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) return [error.code, error.params]
    throw error
  }
}

describe('a visit that needs an assistant and the x-ray beside its doctor and room', () => {
  test('gets one of each, those that are free', () => {
    expect(arrange(placement(), situation(), now).resourceIds).toEqual(['d', 'r1', 'm', 'x1'])
    expect(arrange(placement(), situation([busy('r1'), busy('m'), busy('x1')]), now).resourceIds).toEqual(['d', 'r2', 'n', 'x2'])
  })

  test('is told which of them is taken, and until when', () => {
    expect(refusal(() => arrange(placement(), situation([busy('m'), busy('n')]), now))).toEqual(['slot_taken', { resourceId: 'm', until: '2027-01-10T07:30:00Z' }])
    expect(refusal(() => arrange(placement(), situation([busy('x1'), busy('x2', { holdExpiresMs: now.epochMilliseconds + 1 })]), now))).toEqual(['slot_held', { resourceId: 'x2', until: '2027-01-10T07:30:00Z' }])
    expect(refusal(() => arrange(placement({ branchId: 'far' }), situation([], [xray], null), now))).toEqual(['need_missing', {}])
  })

  test('takes for a need who was asked for by name, and nobody besides', () => {
    expect(arrange(placement({ alsoIds: ['x2', 'n'] }), situation(), now).resourceIds).toEqual(['d', 'r1', 'x2', 'n'])
    expect(arrange(placement({ alsoIds: ['laser'] }), situation(), now).resourceIds).toEqual(['d', 'r1', 'laser', 'm', 'x1'])
  })

  test('never counts one for two needs', () => {
    expect(arrange(placement(), situation([busy('laser'), busy('x2')], [anyDevice]), now).resourceIds).toEqual(['d', 'r1', 'x1'])
    expect(arrange(placement(), situation([busy('x2')], [anyDevice, { ...xray, resourceIds: ['x1'] }]), now).resourceIds).toEqual(['d', 'r1', 'laser', 'x1'])
    expect(refusal(() => arrange(placement(), situation([busy('x2'), busy('laser')], [anyDevice, { ...xray, resourceIds: ['x1'] }]), now))).toEqual(['need_missing', {}])
    expect(refusal(() => arrange(placement({ practitionerId: 'm' }), { ...situation([busy('n')]), visitType: { ...situation().visitType, profession: 'assistant' } }, now))).toEqual(['slot_taken', expect.objectContaining({ resourceId: 'n' })])
  })

  test('outside hours prefers who works then', () => {
    const late = { ...situation(), resources: situation().resources.map((one) => (one.id === 'm' ? person('m', 'assistant', []) : one)) }
    expect(arrange(placement({ outsideHours: true }), late, now).resourceIds).toEqual(['d', 'r1', 'n', 'x1'])
  })
})

describe('moving such a visit', () => {
  const made = (alsoIds: string[] = []): Appointment => book({ ...placement({ alsoIds }), id: 'mine', patientId: 'p', visitTypeId: 'implant', deskNote: '', orderId: null, orderStep: null }, situation(), 's', now).appointment
  const moved = (appointment: Appointment, change: Parameters<typeof move>[1], at: Situation, before?: Parameters<typeof changedPlacement>[4]): unknown =>
    refusal(() => move(appointment, change, changedPlacement(appointment, change, at, (id) => at.resources.find((one) => one.id === id) ?? thing(id, 'room'), before), at, 's', now).appointment.resourceIds)
  const tenth = { from: addMinutes(nine, 60).epochMilliseconds / 60_000, to: addMinutes(nine, 90).epochMilliseconds / 60_000 }
  const later = { startsAt: addMinutes(nine, 60) }

  test('keeps who and what it had, and exchanges what is not free then', () => {
    expect(moved(made(['n', 'x2']), later, situation())).toEqual(['d', 'r1', 'n', 'x2'])
    expect(moved(made(['n', 'x2']), later, situation([busy('n', tenth), busy('r1', tenth)]))).toEqual(['d', 'r2', 'm', 'x2'])
  })

  test('never leaves behind who was asked for besides', () => {
    expect(moved(made(['laser']), later, situation([busy('laser', tenth)]))).toEqual(['slot_taken', expect.objectContaining({ resourceId: 'laser' })])
  })

  test('to a kind that needs less lets those go whom only the old kind needed', () => {
    const plain = { ...situation([], [], null), visitType: { ...situation().visitType, id: 'talk', needs: [], placeKind: null } }
    expect(moved(made(), { visitTypeId: 'talk' }, plain, situation().visitType)).toEqual(['d'])
  })

  test('exchanges one of them when another is asked for', () => {
    expect(moved(made(), { alsoIds: ['n', 'x1'] }, situation())).toEqual(['d', 'r1', 'n', 'x1'])
  })
})

test('a need must be one that somebody can meet', () => {
  const known = [{ id: 'x1', kind: 'device' as const }]
  expect(refusal(() => checkNeeds([assistant, { ...xray, resourceIds: ['x1'] }, anyDevice], known))).toBeUndefined()
  expect(refusal(() => checkNeeds([{ kind: 'practitioner', profession: null, resourceIds: [] }], known))).toEqual(['resource_form_wrong', {}])
  expect(refusal(() => checkNeeds([{ kind: 'room', profession: null, resourceIds: ['x1'] }], known))).toEqual(['resource_form_wrong', {}])
  expect(refusal(() => checkNeeds([{ kind: 'device', profession: 'doctor', resourceIds: [] }], known))).toEqual(['resource_form_wrong', {}])
  expect(refusal(() => checkNeeds([{ kind: 'device', profession: null, resourceIds: ['gone'] }], known))).toEqual(['reference_unknown', {}])
})
