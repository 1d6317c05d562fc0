import { expect, test } from 'vitest'
import { appointmentFields, patientFields } from '@yoman/domain/imports/fields'
import { ApiProblem } from '../request.ts'
import { checkProblemWords, fieldWords, rowProblemWords } from './import-words.ts'

test('every meaning of a column has a name', () => {
  expect([...patientFields, ...appointmentFields].filter((field) => fieldWords(field) === field)).toEqual([])
})

test('problems of a row have words, those of the refusals among them', () => {
  expect(rowProblemWords('date_unreadable')).toContain('התאריך')
  expect(rowProblemWords('phone_invalid')).toBe('מספר הטלפון אינו תקין.')
})

test('a missing column is named as it is named on screen', () => {
  expect(checkProblemWords(new ApiProblem(422, 'column_missing', { column: 'date' }))).toBe('צריך לבחור עמודה אחת, ורק אחת, עבור: תאריך.')
  expect(checkProblemWords(new ApiProblem(409, 'import_already_run'))).toBe('הייבוא כבר בוצע.')
})
