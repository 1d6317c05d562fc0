import { expect, test } from 'vitest'
import { appointmentFields, patientFields } from '@yoman/domain/imports/fields'
import { fieldWords, rowProblemWords } from './import-words.ts'

test('every meaning of a column has a name', () => {
  expect([...patientFields, ...appointmentFields].filter((field) => fieldWords(field) === field)).toEqual([])
})

test('problems of a row have words, those of the refusals among them', () => {
  expect(rowProblemWords('date_unreadable')).toContain('התאריך')
  expect(rowProblemWords('phone_invalid')).toBe('מספר הטלפון אינו תקין.')
})
