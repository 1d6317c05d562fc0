import { expect, test } from 'vitest'
import type { Diary } from '@yoman/contract/diary'
import { columnsOf, dateOf, daySpan, lanesTaken, openDates, spanOf } from './columns.ts'

const column = (resourceId: string, kind: 'practitioner' | 'chair', open: [string, string][]) => ({ resourceId, kind, name: resourceId, nameEn: '', colour: '#000000', open: open.map(([start, end]) => ({ start, end })) })
const diary = (more: Partial<Diary> = {}): Diary => ({
  branchId: 'b', date: '2026-11-22', days: 7, timeZone: 'Asia/Jerusalem', day: { start: '2026-11-21T22:00:00Z', end: '2026-11-28T22:00:00Z' },
  branchOpen: [{ start: '2026-11-22T06:00:00Z', end: '2026-11-22T16:00:00Z' }, { start: '2026-11-24T06:00:00Z', end: '2026-11-24T12:30:00Z' }],
  columns: [column('dana', 'practitioner', [['2026-11-24T06:00:00Z', '2026-11-24T10:00:00Z'], ['2026-11-24T11:00:00Z', '2026-11-24T17:15:00Z']]), column('chair', 'chair', [['2026-11-23T22:00:00Z', '2026-11-24T22:00:00Z']])],
  visits: [], holds: [], ...more,
})
const wanted = { today: '2026-11-24', dayName: (iso: string) => iso.slice(-2) }
const lane = (id: string) => ({ id, title: id, colour: '#000000' })

test('a week of one has a column for each day that is worked, called by its day', () => {
  const columns = columnsOf(diary(), { ...wanted, lanes: [lane('dana')] })
  expect(columns.map(({ id, title, now, group, open }) => ({ id, title, now, group, open }))).toEqual([
    { id: '2026-11-22 dana', title: '22', now: false, group: undefined, open: [] },
    { id: '2026-11-24 dana', title: '24', now: true, group: undefined, open: [{ start: 480, end: 720 }, { start: 780, end: 1155 }] },
  ])
})

test('a week of several groups their columns by the day', () => {
  const columns = columnsOf(diary(), { ...wanted, lanes: [lane('dana'), lane('omer')] })
  expect(columns.map(({ group, title, label }) => [group?.title, title, label])).toEqual([['22', 'dana', '22, dana'], ['22', 'omer', '22, omer'], ['24', 'dana', '24, dana'], ['24', 'omer', '24, omer']])
})

test('on a single day a column is its lane', () => {
  expect(columnsOf(diary({ days: 1 }), { ...wanted, lanes: [lane('dana')] }).map(({ id, group }) => [id, group])).toEqual([['dana', undefined]])
})

test('a chair is open while somebody works, not all night', () => {
  expect(columnsOf(diary(), { ...wanted, lanes: [lane('chair')] })[1]?.open).toEqual([{ start: 480, end: 1155 }])
  expect(daySpan(diary())).toEqual({ start: 480, end: 1200 })
})

test('a closed week still shows its working days, and a visit opens its own', () => {
  expect(openDates(diary({ branchOpen: [], columns: [] }))).toEqual(['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'])
  const hold = { startsAt: '2026-11-28T09:00:00Z', endsAt: '2026-11-28T10:00:00Z' } as Diary['holds'][number] // all that is looked at
  expect(openDates(diary({ branchOpen: [], columns: [], holds: [hold] }))).toEqual(['2026-11-28'])
})

test('on the days of a clock change the wall counts', () => {
  const spring = { date: '2027-03-21', days: 7, timeZone: 'Asia/Jerusalem', day: { start: '2027-03-20T22:00:00Z', end: '2027-03-27T21:00:00Z' } }
  expect(spanOf('2027-03-25T07:00:00Z', '2027-03-25T07:30:00Z', spring)).toEqual({ start: 540, end: 570 }) // the day before: +02:00
  expect(spanOf('2027-03-26T06:00:00Z', '2027-03-26T06:30:00Z', spring)).toEqual({ start: 540, end: 570 }) // the day itself: +03:00
  const autumn = { date: '2026-10-25', days: 1, timeZone: 'Asia/Jerusalem', day: { start: '2026-10-24T21:00:00Z', end: '2026-10-25T22:00:00Z' } }
  expect(spanOf('2026-10-25T07:00:00Z', '2026-10-25T07:30:00Z', autumn)).toEqual({ start: 540, end: 570 })
})

test('days without a clock change are counted as the calendar counts them', () => {
  const at = (start: string, end: string) => [dateOf(start, diary()), spanOf(start, end, diary())]
  expect(at('2026-11-24T21:30:00Z', '2026-11-24T22:30:00Z')).toEqual(['2026-11-24', { start: 1410, end: 1440 }])
  expect(at('2026-11-24T22:00:00Z', '2026-11-24T22:05:00Z')).toEqual(['2026-11-25', { start: 0, end: 5 }])
  expect(at('2026-11-28T21:00:00Z', '2026-11-28T22:00:00Z')).toEqual(['2026-11-28', { start: 1380, end: 1440 }])
})

test('what began before the diary lies at its very beginning', () => {
  expect(spanOf('2026-11-21T21:00:00Z', '2026-11-21T23:00:00Z', diary())).toEqual({ start: 0, end: 60 })
})

test('a visit lies with its person, in all its places, or with those that have none', () => {
  const visit = { practitionerId: 'dana', resourceIds: ['dana', 'chair', 'xray'] }
  expect(lanesTaken(visit, (id) => id !== 'dana', 'people')).toEqual(['dana'])
  expect(lanesTaken(visit, (id) => id === 'chair', 'rooms')).toEqual(['chair'])
  expect(lanesTaken(visit, () => false, 'rooms')).toEqual(['none'])
  expect(lanesTaken(visit, () => false, 'devices')).toEqual([])
})
