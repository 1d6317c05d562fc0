import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refusal } from '../refusal.fixture.ts'
import { checkPriceChanges, checkPriceList } from './check-list.ts'
import { readPriceCsv, writePriceCsv } from './price-csv.ts'
import { type PricedItem, type PriceFacts, type PriceList, shareOf } from './price-list.ts'
import { proposePrice } from './propose.ts'

const item: PricedItem = { id: 'exam', priceAgorot: 30_000, changes: [] }
const facts: PriceFacts = { branchId: 'haifa', practitionerId: 'levi', healthFund: '102', on: '2026-11-23' }
const list = (given: Partial<PriceList>): PriceList => ({
  id: 'a', name: 'מכבי', nameEn: 'Maccabi', branchId: null, practitionerIds: [], healthFund: null, validFrom: null, validUntil: null, active: true, shareBasisPoints: null, roundToAgorot: 1,
  prices: [{ priceItemId: 'exam', priceAgorot: 20_000 }], ...given,
})
const price = (...lists: PriceList[]) => proposePrice(item, lists, facts).priceAgorot

describe('the base list', () => {
  test('holds where no list says anything, and says no reason', () => {
    expect(proposePrice(item, [], facts)).toEqual({ priceAgorot: 30_000, by: null })
    expect(price(list({ prices: [] }))).toBe(30_000)
  })

  test('changes on its day, which counts already, and says from when', () => {
    const dated = { ...item, changes: [{ from: '2026-12-01', priceAgorot: 35_000 }, { from: '2026-11-23', priceAgorot: 32_000 }] }
    const on = (day: string) => proposePrice(dated, [], { ...facts, on: day })
    expect(on('2026-11-22')).toEqual({ priceAgorot: 30_000, by: null })
    expect(on('2026-11-23')).toEqual({ priceAgorot: 32_000, by: { listId: null, name: '', nameEn: '', from: '2026-11-23' } })
    expect(on('2027-05-01').priceAgorot).toBe(35_000)
  })
})

describe('a list', () => {
  test('says by which list and from when', () => {
    expect(proposePrice(item, [list({ validFrom: '2026-11-01' })], facts)).toEqual({ priceAgorot: 20_000, by: { listId: 'a', name: 'מכבי', nameEn: 'Maccabi', from: '2026-11-01' } })
  })

  test.each([
    ['is out of use', { active: false }],
    ['is for another branch', { branchId: 'eilat' }],
    ['is for other practitioners', { practitionerIds: ['cohen', 'adler'] }],
    ['is for another fund', { healthFund: '101' as const }],
    ['has not begun', { validFrom: '2026-11-24' }],
    ['is over', { validUntil: '2026-11-22' }],
  ])('does not hold where it %s', (_why, given) => expect(price(list(given))).toBe(30_000))

  test.each([
    ['its branch', { branchId: 'haifa' }],
    ['one of its practitioners', { practitionerIds: ['cohen', 'levi'] }],
    ['its fund', { healthFund: '102' as const }],
    ['its first and last day', { validFrom: '2026-11-23', validUntil: '2026-11-23' }],
  ])('holds for %s', (_why, given) => expect(price(list(given))).toBe(20_000))

  test('for a practitioner does not hold where nobody is named yet', () => {
    expect(proposePrice(item, [list({ practitionerIds: ['levi'] })], { ...facts, practitionerId: null }).priceAgorot).toBe(30_000)
  })

  test('gives a share of the base price of the day, rounded, unless the item has a price of its own', () => {
    expect(price(list({ prices: [], shareBasisPoints: 8_555, roundToAgorot: 100 }))).toBe(25_700) // 256.65
    expect(price(list({ shareBasisPoints: 8_500 }))).toBe(20_000)
    expect(shareOf(100, 5_000, 100)).toBe(100) // halves up
    expect(shareOf(100_000_000, 30_000, 1)).toBe(100_000_000)
  })
})

describe('of several lists', () => {
  const branch = list({ id: 'branch', branchId: 'haifa', prices: [{ priceItemId: 'exam', priceAgorot: 1 }] })
  const person = list({ id: 'person', practitionerIds: ['levi'], prices: [{ priceItemId: 'exam', priceAgorot: 2 }] })
  const fund = list({ id: 'fund', healthFund: '102', prices: [{ priceItemId: 'exam', priceAgorot: 3 }] })
  const all = list({ id: 'all', prices: [{ priceItemId: 'exam', priceAgorot: 4 }] })

  test('the fund comes before the practitioner, they before the branch, and any before a list for everybody', () => {
    expect(price(all, branch, person, fund)).toBe(3)
    expect(price(all, branch, person)).toBe(2)
    expect(price(all, branch)).toBe(1)
    expect(price(fund, list({ healthFund: '102', branchId: 'haifa', prices: [{ priceItemId: 'exam', priceAgorot: 9 }] }))).toBe(9)
  })

  test('that name the same the later one holds, then the cheaper one, then always the same one', () => {
    expect(price(list({ validFrom: '2026-01-01', prices: [{ priceItemId: 'exam', priceAgorot: 5 }] }), list({ id: 'b', validFrom: '2026-06-01', prices: [{ priceItemId: 'exam', priceAgorot: 6 }] }))).toBe(6)
    expect(price(list({}), list({ id: 'b', prices: [{ priceItemId: 'exam', priceAgorot: 19_000 }] }))).toBe(19_000)
    expect(proposePrice(item, [list({ id: 'b' }), list({ id: 'a' })], facts).by?.listId).toBe('a')
  })

  test('one that says nothing of the item is passed over, however much it names', () => expect(price(all, { ...fund, prices: [] })).toBe(4))
})

/** Another way to the same answer: every way to leave names out, from the most specific on, in days from the latest on. */
function model(lists: readonly PriceList[]): number {
  const own = (one: PriceList) => one.prices.find(({ priceItemId }) => priceItemId === item.id)?.priceAgorot ?? (one.shareBasisPoints === null ? undefined : Math.min(100_000_000, Math.floor((item.priceAgorot * one.shareBasisPoints) / (10_000 * one.roundToAgorot) + 0.5) * one.roundToAgorot))
  for (const [fund, people, branch] of [[1, 1, 1], [1, 1, 0], [1, 0, 1], [1, 0, 0], [0, 1, 1], [0, 1, 0], [0, 0, 1], [0, 0, 0]]) {
    const fitting = lists.filter((one) =>
      one.active && own(one) !== undefined && (one.validFrom ?? '0') <= facts.on && facts.on <= (one.validUntil ?? '9') &&
      one.healthFund === (fund ? facts.healthFund : null) && (people ? one.practitionerIds.includes('levi') : one.practitionerIds.length === 0) && one.branchId === (branch ? facts.branchId : null))
    const latest = fitting.map((one) => one.validFrom ?? '').toSorted().at(-1)
    const prices = fitting.filter((one) => (one.validFrom ?? '') === latest).map((one) => own(one) ?? 0)
    if (prices.length > 0) return Math.min(...prices)
  }
  return item.priceAgorot
}

const anyDay = fc.constantFrom(null, '2026-10-01', '2026-11-22', '2026-11-23', '2026-11-24')
const anyList = fc.record({
  id: fc.uuid(), name: fc.constant('x'), nameEn: fc.constant(''), branchId: fc.constantFrom(null, 'haifa', 'eilat'), practitionerIds: fc.subarray(['levi', 'cohen']), healthFund: fc.constantFrom(null, '102' as const, '101' as const),
  validFrom: anyDay, validUntil: anyDay, active: fc.boolean(), shareBasisPoints: fc.option(fc.integer({ min: 0, max: 30_000 })), roundToAgorot: fc.constantFrom(1, 10, 100, 500, 1_000),
  prices: fc.constantFrom([], [{ priceItemId: 'other', priceAgorot: 7 }], [{ priceItemId: 'exam', priceAgorot: 15_000 }], [{ priceItemId: 'exam', priceAgorot: 16_000 }]),
})

test('agrees with the model, whatever the lists and their order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyList, { maxLength: 8, selector: ({ id }) => id }), (lists) => {
      expect(price(...(lists as PriceList[]))).toBe(model(lists as PriceList[])) // constants of the same words
      expect(proposePrice(item, lists.toReversed() as PriceList[], facts)).toEqual(proposePrice(item, lists as PriceList[], facts))
    }),
    { numRuns: 500 },
  )
})

test('a list ends after it begins and says each price once', () => {
  expect(refusal(() => checkPriceList(list({ validFrom: '2026-12-01', validUntil: '2026-11-30' })))).toBe('price_list_dates_wrong')
  expect(refusal(() => checkPriceList(list({ prices: [{ priceItemId: 'exam', priceAgorot: 1 }, { priceItemId: 'exam', priceAgorot: 2 }] })))).toBe('price_twice')
  expect(refusal(() => checkPriceChanges([{ from: '2026-12-01', priceAgorot: 1 }, { from: '2026-12-01', priceAgorot: 2 }]))).toBe('price_twice')
  checkPriceList(list({ validFrom: '2026-12-01', validUntil: '2026-12-01' }))
})

describe('as a table file', () => {
  test('comes back as it went, and runs in no spreadsheet', () => {
    const rows = [{ code: 'D0120', name: 'בדיקה, "ראשונה"', priceAgorot: 35_050 }, { code: '=cmd', name: '+1', priceAgorot: null }]
    const text = writePriceCsv(['קוד', 'שם', 'מחיר'], rows)
    expect(text).toBe('\ufeffקוד,שם,מחיר\r\nD0120,"בדיקה, ""ראשונה""",350.50\r\n\'=cmd,\'+1,\r\n')
    expect(readPriceCsv(text)).toEqual({ prices: rows.map(({ code, priceAgorot }) => ({ code, priceAgorot })), unread: [] })
  })

  test('is read with semicolons too, with shekel signs and commas of thousands; what is no price is named by its line', () => {
    expect(readPriceCsv('code;name;price\nA;x;₪ 1,250.5\n\nB;y;free\nC;z;-5\n;q;3\nD;w;1000000.01')).toEqual({ prices: [{ code: 'A', priceAgorot: 125_050 }], unread: [4, 5, 6, 7] })
  })
})
