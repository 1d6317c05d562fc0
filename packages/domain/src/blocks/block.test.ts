import { describe, expect, test } from 'vitest'
import { localDay } from '../availability/local-day.ts'
import { type DatedHours, openings } from '../availability/openings.ts'
import { Refusal } from '../refusal.ts'
import { plainDate } from '../time.ts'
import { blockAt } from './block-at.ts'
import { type BlockPlan, checkBlock, datesOf, spansOf } from './block.ts'

const plan = (given: Partial<BlockPlan> = {}): BlockPlan => ({ kind: 'leave', branchId: null, resourceIds: ['a', 'b'], fromDate: '2026-11-22', toDate: '2026-11-28', weekdays: [], starts: null, ends: null, ...given })
const codeOf = (given: Partial<BlockPlan>): string => {
  try {
    checkBlock(plan(given))
    return 'fine'
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error)
  }
}

describe('the days of a block', () => {
  test('are all between its two dates, both included', () => {
    expect(datesOf(plan({ toDate: '2026-11-24' }))).toEqual(['2026-11-22', '2026-11-23', '2026-11-24'])
  })
  test('or its weekdays among them, Sunday being the seventh', () => {
    expect(datesOf(plan({ toDate: '2026-12-06', weekdays: [7, 2] }))).toEqual(['2026-11-22', '2026-11-24', '2026-11-29', '2026-12-01', '2026-12-06'])
  })
  test('are taken from each whom it keeps away, or once from a branch', () => {
    expect(spansOf(plan({ toDate: '2026-11-23' })).map(({ resourceId, date }) => `${resourceId} ${date}`)).toEqual(['a 2026-11-22', 'b 2026-11-22', 'a 2026-11-23', 'b 2026-11-23'])
    expect(spansOf(plan({ kind: 'closed', branchId: 'x', resourceIds: [], toDate: '2026-11-22', starts: '13:00', ends: '23:59' }))).toEqual([{ resourceId: null, branchId: 'x', date: '2026-11-22', starts: '13:00', ends: '23:59' }])
  })
})

test.each<[Partial<BlockPlan>, string]>([
  [{}, 'fine'],
  [{ kind: 'closed' }, 'block_form_wrong'],
  [{ resourceIds: [] }, 'block_form_wrong'],
  [{ starts: '08:00' }, 'block_form_wrong'],
  [{ weekdays: [6], toDate: '2026-11-27' }, 'block_form_wrong'], // no Saturday in it
  [{ starts: '09:00', ends: '08:00' }, 'ends_before_it_starts'],
  [{ toDate: '2026-11-21' }, 'ends_before_it_starts'],
  [{ toDate: '2027-12-26' }, 'fine'], // 400 days
  [{ toDate: '2027-12-27' }, 'block_too_long'],
  [{ toDate: '2027-12-26', resourceIds: Array.from({ length: 51 }, (_, index) => String(index)) }, 'block_too_long'],
])('%o is %s', (given, code) => {
  expect(codeOf(given)).toBe(code)
})

describe('a block in the diary of a day', () => {
  const day = localDay('Asia/Jerusalem', plainDate('2026-11-23'))
  const words = { kind: 'meeting', title: 'ישיבה', holiday: null }
  const closing = (given: Partial<DatedHours>): DatedHours => ({ onDate: '2026-11-23', kind: 'closed', whole: false, starts: 600, ends: 660, block: words, ...given })
  const visit = (from: number, to: number) => ({ from: day.at(from), to: day.at(to) })
  const extra: DatedHours = { onDate: '2026-11-23', kind: 'open', whole: false, starts: 480, ends: 720 }

  test('is met by what overlaps it, not by what touches it, nor on another day', () => {
    expect(blockAt(day, [closing({})], visit(650, 670))?.block).toBe(words)
    expect(blockAt(day, [closing({})], visit(660, 680))).toBeUndefined()
    expect(blockAt(day, [closing({ onDate: '2026-11-24' })], visit(600, 620))).toBeUndefined()
  })
  test('a closing that is no block of its own is a matter of hours', () => {
    expect(blockAt(day, [closing({ block: null })], visit(600, 620))).toBeUndefined()
  })
  test('extra hours stand above a closed branch, and below a meeting of their own', () => {
    expect(blockAt(day, [closing({ whole: true }), extra], visit(600, 620))).toBeUndefined()
    expect(blockAt(day, [closing({}), extra], visit(600, 620))?.block).toBe(words)
    expect(openings(day, [], [closing({}), extra])).toEqual([visit(480, 600), visit(660, 720)])
    expect(openings(day, [], [closing({ whole: true }), extra])).toEqual([visit(480, 720)])
  })
})
