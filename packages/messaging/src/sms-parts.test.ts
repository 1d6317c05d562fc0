import fc from 'fast-check'
import { smsParts } from '@yoman/domain/conversations/sms-parts'
import { expect, test } from 'vitest'
import { smsLength } from './sms-length.ts'

test('the desk is told of as many parts as the network counts', () => {
  const same = (letters: string[]): void => {
    expect(smsParts(letters.join(''))).toBe(smsLength(letters.join('')).parts)
  }
  const letter = fc.constantFrom(...'abc XYZ09@£{}[]€\\^~|éñ', 'ש', 'ل', '😀', '₪', '"', '\n')
  fc.assert(fc.property(fc.array(letter, { minLength: 1, maxLength: 340 }), same), { numRuns: 400 })
  fc.assert(fc.property(fc.array(fc.constantFrom(...'abc {€'), { minLength: 140, maxLength: 330 }), same), { numRuns: 200 })
  expect(smsParts('')).toBe(0)
})
