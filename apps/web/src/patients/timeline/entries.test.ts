import type { PatientPage } from '@yoman/contract/patients'
import { expect, test } from 'vitest'
import { aheadOf, entriesOf, knownWithoutGap, sortKey } from './entries.ts'

const none = { visits: null, encounters: null, messages: null, invoices: null, attachments: null, tasks: null, orders: null, waitlist: null, contacts: null }
// Of a page and of what stands on it only what the list looks at.
const pageOf = (parts: object, counts: object): PatientPage => ({ ...none, ...parts, counts: { ...none, ...counts } }) as unknown as PatientPage
const said = (id: string, day: number) => ({ id, createdAt: `2026-11-${day}T08:00:00Z` })
const visit = (id: string, day: number, status = 'completed') => ({ id, status, startsAt: `2026-11-${day}T08:00:00Z`, endsAt: `2026-11-${day}T08:30:00Z` })

test('everything stands in one list, newest first, whatever it is', () => {
  const page = pageOf({ messages: [said('m', 12)], visits: [visit('v2', 14), visit('v1', 11)] }, {})
  expect(entriesOf(page).map(({ id }) => id)).toEqual(['v2', 'm', 'v1'])
})

test('fractions of a second are in their order', () => {
  const keys = ['2026-11-22T07:00:00Z', '2026-11-22T07:00:00.5Z', '2026-11-22T07:00:00.123456Z'].map((at) => sortKey({ at, id: '' }))
  expect(keys.toSorted()).toEqual([keys[0], keys[2], keys[1]])
})

test('shows nothing older than what is known of every kind, so that the list has no gap', () => {
  const parts = { messages: [said('m2', 20), said('m1', 15)], visits: [visit('v2', 16), visit('v1', 10)] }
  const cut = knownWithoutGap(pageOf(parts, { messages: 2000, visits: 2 }), ['message', 'visit'])
  expect([cut.entries.map(({ id }) => id), cut.whole]).toEqual([['m2', 'v2', 'm1'], false])
  const all = knownWithoutGap(pageOf(parts, { messages: 2, visits: 2 }), ['message', 'visit'])
  expect([all.entries.length, all.whole]).toEqual([4, true])
  expect(knownWithoutGap(pageOf(parts, { messages: 2000, visits: 2 }), ['visit'])).toMatchObject({ whole: true, entries: [{ id: 'v2' }, { id: 'v1' }] })
})

test('what is still to come is told first, the nearest first', () => {
  const page = pageOf({ visits: [visit('far', 29, 'booked'), visit('off', 28, 'cancelled'), visit('near', 25, 'booked'), visit('past', 20)], tasks: [{ id: 'b', status: 'open', dueAt: '2026-11-24T08:00:00Z' }, { id: 'a', status: 'open', dueAt: '2026-11-23T08:00:00Z' }, { id: 'c', status: 'kept', dueAt: '2026-11-20T08:00:00Z' }] }, {})
  const ahead = aheadOf(page, '2026-11-22T07:00:00Z')
  expect([ahead.visits.map(({ id }) => id), ahead.tasks.map(({ id }) => id)]).toEqual([['near', 'far'], ['a', 'b']])
})
