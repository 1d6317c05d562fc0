import { describe, expect, test } from 'vitest'
import type { Diary } from '@yoman/contract/diary'
import type { Settings } from '@yoman/contract/settings'
import { type ClashWish, clashOf, clashScene } from './clash.ts'

type Type = Settings['visitTypes'][number]
const at = (time: string): string => `2026-11-22T${time}:00Z`
const ms = (time: string): number => Date.parse(at(time))
const type = (id: string, more: Partial<Type> = {}): Type => ({
  id, name: id, nameEn: '', publicName: '', publicNameEn: '', profession: 'doctor', durationMinutes: 30, bufferBeforeMinutes: 0, bufferAfterMinutes: 10,
  placeKind: 'room', priceItemId: null, colour: '#000000', practitionerIds: [], needs: [], paper: 'none', active: true, version: 1, ...more,
})
const settings = {
  visitTypes: [type('check'), type('xray', { needs: [{ kind: 'practitioner', profession: 'assistant', resourceIds: [] }, { kind: 'device', profession: null, resourceIds: ['x1'] }] }), type('cleaning', { profession: 'hygienist' })],
  resources: [['d', 'doctor'], ['e', 'doctor'], ['m', 'assistant']].map(([id, profession]) => ({ id, practitioner: { profession } })),
} as unknown as Settings // the rest of the clinic is not looked at
const day = [{ start: at('06:00'), end: at('14:00') }]
const column = (resourceId: string, kind: Diary['columns'][number]['kind'], open = day) => ({ resourceId, kind, name: resourceId, nameEn: '', colour: '#000000', open })
const taken = (id: string, resourceIds: string[], from: string, to: string, visitTypeId = 'check') => ({ id, resourceIds, visitTypeId, startsAt: at(from), endsAt: at(to), status: 'booked' })
const scene = (visits: object[], holds: object[] = []) =>
  clashScene({ visits, holds, columns: [column('d', 'practitioner'), column('e', 'practitioner'), column('m', 'practitioner'), column('r1', 'room'), column('r2', 'room'), column('x1', 'device'), column('x2', 'device')] } as unknown as Diary, settings) // the rest of a diary is not looked at
const wish = (more: Partial<ClashWish> = {}): ClashWish => ({ visitId: 'mine', visitTypeId: 'check', practitionerId: 'd', besides: ['r1'], placeId: null, from: ms('07:00'), to: ms('07:30'), ...more })

describe('what is in the way of a visit', () => {
  test('is nothing where everybody is free, its own place included', () => {
    expect(clashOf(wish(), scene([taken('mine', ['d', 'r1'], '07:00', '07:30')]))).toBeNull()
  })

  test('is the practitioner who has another visit, buffers counted', () => {
    expect(clashOf(wish(), scene([taken('other', ['d'], '06:30', '06:55')]))).toEqual({ kind: 'taken', resourceId: 'd', until: ms('07:05'), visitTypeId: 'check' })
    expect(clashOf(wish(), scene([taken('other', ['d'], '06:20', '06:50')]))).toBeNull()
    expect(clashOf(wish(), scene([], [taken('hold', ['d'], '07:00', '07:30')]))).toMatchObject({ kind: 'held', resourceId: 'd' })
  })

  test('is a room only when no other is free, or when it was asked for', () => {
    const one = taken('other', ['e', 'r1'], '07:00', '07:30')
    expect(clashOf(wish(), scene([one]))).toBeNull()
    expect(clashOf(wish({ placeId: 'r1' }), scene([one]))).toMatchObject({ kind: 'taken', resourceId: 'r1' })
    expect(clashOf(wish(), scene([one, taken('third', ['r2'], '07:00', '07:30')]))).toMatchObject({ kind: 'taken', resourceId: 'r1' })
  })

  test('is the assistant or the very device that the kind of visit needs', () => {
    const xray = wish({ visitTypeId: 'xray', besides: ['m', 'r1', 'x1'] })
    expect(clashOf(xray, scene([]))).toBeNull()
    expect(clashOf(xray, scene([taken('other', ['m'], '07:00', '07:30')]))).toMatchObject({ kind: 'taken', resourceId: 'm' })
    expect(clashOf(xray, scene([taken('other', ['x1'], '07:00', '07:30')]))).toMatchObject({ kind: 'taken', resourceId: 'x1' })
    expect(clashOf(xray, scene([taken('other', ['x2'], '07:00', '07:30')]))).toBeNull()
  })

  test('is whoever was asked for by name', () => {
    expect(clashOf(wish({ besides: ['r1', 'x2'] }), scene([taken('other', ['x2'], '07:00', '07:30')]))).toMatchObject({ resourceId: 'x2' })
  })

  test('is that nobody is there, or does not do it', () => {
    expect(clashOf(wish({ from: ms('13:45'), to: ms('14:15') }), scene([]))).toEqual({ kind: 'closed', resourceId: 'd' })
    expect(clashOf(wish({ visitTypeId: 'cleaning' }), scene([]))).toEqual({ kind: 'not_offered', resourceId: 'd' })
  })

  test('is not what the screen does not know', () => {
    expect(clashOf(wish({ visitTypeId: 'gone' }), scene([]))).toBeNull()
  })
})
