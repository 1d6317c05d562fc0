import { expect, test } from 'vitest'
import { screenLabel } from './label.ts'

const rivka = { givenName: 'רבקה לאה', familyName: 'בן דוד', ticket: 7 }

test('a screen shows no more of a person than the clinic allows', () => {
  expect(screenLabel('number', rivka)).toBe('7')
  expect(screenLabel('initials', rivka)).toBe('ר. ב.')
  expect(screenLabel('first_name', rivka)).toBe('רבקה ב.')
})

test('letters come without marks and signs, of any script', () => {
  expect(screenLabel('initials', { givenName: 'נִיר', familyName: 'O’Brien', ticket: 1 })).toBe('נ. O.')
  expect(screenLabel('initials', { givenName: '-אחמד', familyName: '', ticket: 1 })).toBe('א.')
})

test('who has no name is called by the number, and who has neither by nothing', () => {
  expect(screenLabel('first_name', { givenName: ' ', familyName: 'כהן', ticket: 3 })).toBe('3')
  expect(screenLabel('number', { ...rivka, ticket: null })).toBe('')
})
