import { expect, test } from 'vitest'
import { channelsOf, orderOf, orders } from './channel-order.ts'
import { readPartPrice, typedPartPrice } from './part-price.ts'

test.each([['4', 40], [' 3.5 ', 35], ['3,5', 35], ['0', 0], ['1000', 10_000], ['', null], ['1000.1', undefined], ['3.55', undefined], ['-1', undefined], ['four', undefined]] as const)('reads %j agorot', (typed, thousandths) => {
  expect(readPartPrice(typed)).toBe(thousandths)
  if (thousandths !== undefined) expect(readPartPrice(typedPartPrice(thousandths))).toBe(thousandths)
})

test('an order of channels is told by its first and what follows it', () => {
  expect(channelsOf('email_sms')).toEqual({ channel: 'email', fallbackChannels: ['sms'] })
  expect(channelsOf('sms')).toEqual({ channel: 'sms', fallbackChannels: [] })
  for (const order of orders) expect(orderOf(channelsOf(order))).toBe(order)
})
