import { expect, it } from 'vitest'
import { matchingPrices } from './matching-prices.ts'

const item = (id: string, code: string, name: string, nameEn: string, active = true) => ({ id, code, name, nameEn, active })
const items = [item('1', 'D2391', 'סתימה לבנה, משטח אחד', 'Composite filling'), item('2', 'D3330', 'טיפול שורש', 'Root canal'), item('3', 'X', 'סתימה ישנה', 'Old filling', false)]

it('finds a price by two letters of any word, in either language, or by its code', () => {
  expect(matchingPrices(items, 'סת').map(({ id }) => id)).toEqual(['1'])
  expect(matchingPrices(items, 'לבנה').map(({ id }) => id)).toEqual(['1'])
  expect(matchingPrices(items, 'roo').map(({ id }) => id)).toEqual(['2'])
  expect(matchingPrices(items, 'd33').map(({ id }) => id)).toEqual(['2'])
})

it('finds nothing for an empty field, and nothing that is no longer offered', () => {
  expect(matchingPrices(items, ' ')).toEqual([])
  expect(matchingPrices(items, 'סתימה יש')).toEqual([])
})
