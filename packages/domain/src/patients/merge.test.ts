import { expect, test } from 'vitest'
import { plainDate } from '../time.ts'
import { blankPatient, type PatientDetails } from './details.ts'
import { checkApproval, checkUndo, detailsAfterUndo, differingFields, mergedDetails, usualChoice } from './merge.ts'

const phone = (number: string) => ({ number, typed: number, label: 'mobile' as const })
const of = (details: Partial<PatientDetails>): PatientDetails => ({ ...blankPatient, givenName: 'דנה', familyName: 'לוי', ...details })
const survivor = of({ phones: [phone('+972501111111')], deskNote: 'מקדימה', alerts: 'פניצילין', email: 'a@example.com' })
const merged = of({ givenName: 'דינה', phones: [phone('+972502222222'), phone('+972501111111')], deskNote: 'מאחרת', alerts: 'לטקס', birthDate: plainDate('1980-01-02'), email: 'b@example.com' })

test('what nobody chose: the survivor’s word, the other’s where it has none, of phones and notes both', () => {
  expect(differingFields(survivor, merged)).toEqual(['name', 'birthDate', 'phones', 'email', 'deskNote'])
  const one = mergedDetails(survivor, merged, {})
  expect(one).toMatchObject({ givenName: 'דנה', email: 'a@example.com', deskNote: 'מקדימה\nמאחרת' })
  expect(one.birthDate?.toString()).toBe('1980-01-02')
  expect(one.phones.map(({ number }) => number)).toEqual(['+972501111111', '+972502222222'])
  expect(usualChoice('referralSource', survivor, merged)).toBe('survivor')
})

test('an alert of either is never lost, whatever is chosen, and the same words are not said twice', () => {
  const chosen = mergedDetails(survivor, merged, { name: 'merged', phones: 'merged', deskNote: 'merged', email: 'merged' })
  expect(chosen).toMatchObject({ givenName: 'דינה', familyName: 'לוי', alerts: 'פניצילין\nלטקס', deskNote: 'מאחרת', email: 'b@example.com' })
  expect(mergedDetails(survivor, of({ alerts: 'פניצילין' }), {}).alerts).toBe('פניצילין')
})

test('what a record cannot take is refused in words', () => {
  const many = (from: number) => Array.from({ length: 3 }, (_, index) => phone(`+97250000000${from + index}`))
  expect(() => mergedDetails(of({ phones: many(1) }), of({ phones: many(5) }), {})).toThrow('merge_phones_too_many')
  expect(() => mergedDetails(of({ deskNote: 'א'.repeat(1_500) }), of({ deskNote: 'ב'.repeat(1_500) }), {})).toThrow('merge_note_too_long')
  expect(() => mergedDetails(survivor, merged, { email: 'both' })).toThrow('merge_choice_wrong')
})

test('the undo sets back what nobody changed since, and leaves what somebody did', () => {
  const after = mergedDetails(survivor, merged, { name: 'merged' })
  const now = { ...after, deskNote: 'נכתב אחר כך' }
  expect(detailsAfterUndo(survivor, after, now)).toEqual({ ...survivor, deskNote: 'נכתב אחר כך' })
})

test('two people, once, and the last first', () => {
  const proposed = { state: 'proposed', proposedBy: 'ruti' } as const
  expect(() => checkApproval(proposed, 'ruti')).toThrow('merge_by_self')
  expect(() => checkApproval(proposed, null)).toThrow('merge_by_self')
  expect(() => checkApproval({ ...proposed, state: 'merged' }, 'michal')).toThrow('merge_decided')
  checkApproval(proposed, 'michal')
  expect(() => checkUndo({ ...proposed, state: 'merged' }, 1)).toThrow('merge_not_last')
  expect(() => checkUndo({ ...proposed, state: 'undone' }, 0)).toThrow('merge_not_standing')
})
