import { describe, expect, it } from 'vitest'
import { instant } from '../time.ts'
import { againInSeconds, isLive, linkStates, type LinkState, minutesOfPage, retryInSeconds, verdictOn } from './link.ts'

const asked = { amount: 18_000, state: 'open' as LinkState, paidBefore: false }
const money = { amount: 18_000, currency: 'ILS' }

describe('money that came by a link', () => {
  it.each(['requested', 'open', 'expired', 'failed'] as const)('is booked where it is what was asked for and is still owed: %s', (state) => {
    expect(verdictOn(money, { ...asked, state }, 18_000)).toEqual({ kind: 'books' })
    expect(verdictOn(money, { ...asked, state }, 50_000)).toEqual({ kind: 'books' })
  })

  it.each([
    ['other_amount', { amount: 17_999 }, {}, 18_000],
    ['other_amount', { amount: 18_001 }, {}, 50_000],
    ['other_amount', { amount: null }, {}, 18_000],
    ['other_currency', { currency: 'USD' }, {}, 18_000],
    ['owed_less', {}, {}, 17_999],
    ['owed_less', {}, {}, 0],
    ['after_cancel', {}, { state: 'cancelled' }, 18_000],
    ['after_cancel', {}, { state: 'ending' }, 18_000],
    ['came_twice', {}, { paidBefore: true }, 18_000],
    ['came_twice', {}, { paidBefore: true, state: 'paid' }, 18_000],
  ] as const)('waits for somebody to decide: %s', (why, came, link, owed) => {
    expect(verdictOn({ ...money, ...came }, { ...asked, ...link }, owed)).toEqual({ kind: 'differs', why })
  })
})

it('keeps one link alone for a document while it can be paid', () => {
  expect(linkStates.filter(isLive)).toEqual(['requested', 'open'])
})

it('asks often at first and four times a day at most', () => {
  expect([0, 1, 2, 20, 10_000].map(againInSeconds)).toEqual([120, 240, 480, 21_600, 21_600])
})

it('gives up opening a page after some hours', () => {
  expect([1, 2, 11].map(retryInSeconds)).toEqual([10, 20, 3_600])
  expect(retryInSeconds(12)).toBe(null)
})

it('lets a page be paid on until its link ends, in whole minutes and one at least', () => {
  const end = instant('2026-12-06T07:00:00Z')
  expect(['2026-11-22T07:00:00Z', '2026-12-06T06:57:30Z', '2026-12-06T06:59:30Z', '2026-12-07T07:00:00Z'].map((now) => minutesOfPage(instant(now), end))).toEqual([20_160, 2, 1, 1])
})
