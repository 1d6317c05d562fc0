import { expect, test } from 'vitest'
import type { PriceList } from '@yoman/contract/price-lists'
import { priceListBody, priceListForm } from './price-list-form.ts'
import { readPercent, typedPercent } from './read-percent.ts'

const list: PriceList = { id: 'a', name: 'מכבי', nameEn: 'Maccabi', branchId: 'b', practitionerIds: ['p'], healthFund: '103', validFrom: '2026-12-01', validUntil: null, shareBasisPoints: 9_250, roundToAgorot: 500, prices: [{ priceItemId: 'x', priceAgorot: 12_050 }], active: true, version: 3 }

test('a list goes into its form and comes out as it was', () => {
  const { id: _id, active: _active, version: _version, ...fields } = list
  expect(priceListBody(priceListForm(list))).toEqual({ body: fields })
})

test('an empty price is none of its own; what cannot be read is named', () => {
  const form = { ...priceListForm(list), share: '' }
  expect(priceListBody({ ...form, prices: { x: ' ', y: '₪ 80' } })).toMatchObject({ body: { prices: [{ priceItemId: 'y', priceAgorot: 8_000 }], shareBasisPoints: null } })
  expect(priceListBody({ ...form, prices: { x: 'free' } })).toEqual({ wrongItem: 'x' })
  expect(priceListBody({ ...form, name: ' ' })).toEqual({ wrong: 'name' })
  expect(priceListBody({ ...form, share: '301' })).toEqual({ wrong: 'share' })
  expect(priceListBody({ ...form, share: '-5' })).toEqual({ wrong: 'share' })
})

test('percentages are read as people type them', () => {
  expect(['85', '92.5', '3,25 %', '-2', '0', '-0', 'x', '1.234', ''].map(readPercent)).toEqual([8_500, 9_250, 325, -200, 0, 0, undefined, undefined, undefined])
  expect([8_500, 9_250, 325].map(typedPercent)).toEqual(['85', '92.5', '3.25'])
})
