import { describe, expect, it } from 'vitest'
import { refusal } from '../refusal.fixture.ts'
import { plainDate } from '../time.ts'
import { daysOfMonth, isAnythingOpen, isUnmoved, type MonthTotals, nameOf, nextToClose, type OpenPoints, requireMonthClosable } from './close.ts'

const nothing: OpenPoints = { unbilledVisits: { count: 0, agorot: 0 }, unfinishedVisits: 0, waitingMoney: { count: 0, agorot: 0 }, undecidedMoney: { count: 0, agorot: 0 }, openDeskDays: 0, dueCheques: { count: 0, agorot: 0 }, waitingMails: 0, brokenSeries: 0 }
const close = (month: string, newest: string | null, open = nothing, reason = '') => refusal(() => requireMonthClosable({ month: plainDate(month), newestClosed: newest === null ? null : plainDate(newest), today: plainDate('2026-11-01'), open, reason }))

describe('a month is closed', () => {
  it('when it is over, and in its order', () => {
    expect([close('2026-10-01', null), close('2026-10-01', '2026-09-01'), close('2025-02-01', null)]).toEqual(['not refused', 'not refused', 'not refused'])
    expect([close('2026-11-01', null), close('2026-12-01', null), close('2026-11-01', '2026-10-01')]).toEqual(['month_not_over', 'month_not_over', 'month_not_over'])
    expect([close('2026-10-01', '2026-08-01'), close('2026-10-01', '2026-10-01'), close('2026-07-01', '2026-08-01')]).toEqual(['month_not_next', 'month_closed', 'month_closed'])
  })

  it('with a reason where something is open', () => {
    for (const point of ['unbilledVisits', 'waitingMoney', 'undecidedMoney', 'dueCheques'] as const) expect(close('2026-10-01', null, { ...nothing, [point]: { count: 1, agorot: 5 } })).toBe('month_open_points')
    for (const point of ['unfinishedVisits', 'openDeskDays', 'waitingMails', 'brokenSeries'] as const) {
      expect(close('2026-10-01', null, { ...nothing, [point]: 1 }, ' ')).toBe('month_open_points')
      expect(close('2026-10-01', null, { ...nothing, [point]: 1 }, 'known')).toBe('not refused')
    }
    expect(isAnythingOpen(nothing)).toBe(false)
  })

  it('and has days and a name', () => {
    expect([daysOfMonth(plainDate('2024-02-01')).to.toString(), nameOf(plainDate('2026-09-01')), nextToClose(plainDate('2026-12-01'))?.toString(), nextToClose(null)]).toEqual(['2024-02-29', '09/2026', '2027-01-01', null])
  })
})

it('a closed month moved where any count or sum differs, and not by the order of its kinds', () => {
  const sum = { count: 1, gross: 118, net: 100 }
  const totals: MonthTotals = { views: { performed: sum, billed: sum, cash: sum }, documents: [{ kind: '300', count: 1, total: 5 }, { kind: '320', count: 2, total: 7 }] }
  expect(isUnmoved(totals, { ...totals, documents: totals.documents.toReversed() })).toBe(true)
  expect(isUnmoved(totals, { ...totals, views: { ...totals.views, cash: { ...sum, net: 99 } } })).toBe(false)
  expect(isUnmoved(totals, { ...totals, documents: totals.documents.slice(1) })).toBe(false)
})
