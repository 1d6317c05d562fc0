import { expect, it } from 'vitest'
import { readContentSid, readSender } from './typed-sender.ts'

it.each([
  ['', null], [' ', null], ['055-957-0177', '+972559570177'], ['+972 55 957 0177', '+972559570177'], ['+1 (415) 523-8886', '+14155238886'],
  ['abc', undefined], ['123', undefined], ['whatsapp:+972559570177', undefined],
])('the sender %j is %s', (typed, read) => {
  expect(readSender(typed)).toBe(read)
})

it.each([
  ['', null], [`HX${'a'.repeat(32)}`, `HX${'a'.repeat(32)}`], [` hx${'AB'.repeat(16)} `, `HX${'ab'.repeat(16)}`],
  ['HX123', undefined], [`MG${'a'.repeat(32)}`, undefined], [`HX${'g'.repeat(32)}`, undefined],
])('the template %j is %s', (typed, read) => {
  expect(readContentSid(typed)).toBe(read)
})
