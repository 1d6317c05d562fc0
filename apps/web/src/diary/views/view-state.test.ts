import { expect, test } from 'vitest'
import { addressOf, periodOf, turned, viewStateOf, type ViewState } from './view-state.ts'

const [a, b] = ['0192a0f0-0000-7000-8000-000000000001', '0192a0f0-0000-7000-8000-000000000002']

test('an address and its state are the same thing twice', () => {
  const states: ViewState[] = [
    { date: null, view: 'day', kind: 'people', of: null },
    { date: '2026-11-22', view: 'week', kind: 'rooms', of: [a, b] },
    { date: '2026-11-22', view: 'month', kind: 'people', of: 'all' },
  ]
  for (const state of states) {
    const { path, query } = addressOf(state)
    const [, , date] = path.split('/')
    expect(viewStateOf({ params: { date }, query })).toEqual(state)
  }
  expect(addressOf({ date: '2026-11-22', view: 'week', kind: 'rooms', of: [a, b] })).toEqual({ path: '/diary/2026-11-22', query: { view: 'week', columns: 'rooms', of: `${a},${b}` } })
})

test('what makes no sense falls back to the usual', () => {
  expect(viewStateOf({ params: { date: '2026-02-31' }, query: { view: 'year', columns: ['rooms'], of: `x,,${a},${a}` } })).toEqual({ date: null, view: 'day', kind: 'people', of: [a] })
  expect(viewStateOf({ params: {}, query: { of: "'; drop" } }).of).toBeNull()
})

test('each view turns by its own unit', () => {
  expect([turned('2026-11-30', 'day', 1), turned('2026-11-30', 'list', -1), turned('2026-11-30', 'week', 1), turned('2026-10-31', 'month', 1)]).toEqual(['2026-12-01', '2026-11-29', '2026-12-07', '2026-11-30'])
})

test('the week begins on Sunday', () => {
  for (const date of ['2026-11-22', '2026-11-25', '2026-11-28']) expect(periodOf(date, 'week')).toEqual({ first: '2026-11-22', days: 7 })
  expect(periodOf('2026-11-25', 'list')).toEqual({ first: '2026-11-25', days: 1 })
})
