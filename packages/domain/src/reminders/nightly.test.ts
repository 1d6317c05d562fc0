import { expect, test } from 'vitest'
import { isNews } from './nightly.ts'

const found = (silentPatients = 0, unplanned = 0, bareDays: string[] = []) => ({ silentPatients, unplanned, bareDays })

test.each([
  ['a first night that finds nothing', found(), null, false],
  ['a first night that finds somebody who will hear nothing', found(1), null, true],
  ['the same as the night before', found(3, 2, ['2026-12-01']), found(3, 2, ['2026-12-01']), false],
  ['fewer', found(2, 1), found(3, 2, ['2026-12-01']), false],
  ['one patient more', found(4), found(3), true],
  ['one visit more without a reminder', found(0, 1), found(), true],
  ['another bare day, though there are as many', found(0, 0, ['2026-12-02']), found(0, 0, ['2026-12-01']), true],
] as const)('%s', (_, now, before, news) => {
  expect(isNews(now, before)).toBe(news)
})
