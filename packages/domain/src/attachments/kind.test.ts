import { expect, test } from 'vitest'
import type { Actor, Role } from '../access.ts'
import { plainDate } from '../time.ts'
import { checkDetails, titleOf } from './details.ts'
import { attachmentKinds, mayCorrect, mayOpen, mayReclassify } from './kind.ts'

const as = (role: Role, staffId = 'me'): Actor => ({ kind: 'staff', staffId, roles: [role], branchIds: [] })

test('the desk and the owner open what is of the office alone, those who treat open everything, the accountant nothing', () => {
  const opened = (role: Role) => attachmentKinds.filter((kind) => mayOpen(as(role), kind))
  for (const role of ['receptionist', 'owner'] as const) expect(opened(role)).toEqual(['form_17', 'administrative'])
  for (const role of ['doctor', 'hygienist', 'assistant'] as const) expect(opened(role)).toEqual([...attachmentKinds])
  expect(opened('accountant')).toEqual([])
})

test('the desk corrects what it filed itself, and nothing that others did', () => {
  expect(mayCorrect(as('receptionist'), { kind: 'x_ray', filedBy: 'me' })).toBe(true)
  expect(mayCorrect(as('receptionist'), { kind: 'x_ray', filedBy: 'another' })).toBe(false)
  expect(mayCorrect(as('receptionist'), { kind: 'administrative', filedBy: 'another' })).toBe(true)
  expect(mayCorrect(as('doctor'), { kind: 'x_ray', filedBy: 'another' })).toBe(true)
})

test('nobody opens a clinical attachment for themselves by calling it something else', () => {
  expect(mayReclassify(as('receptionist'), 'x_ray', 'administrative')).toBe(false)
  expect(mayReclassify(as('receptionist'), 'x_ray', 'photo')).toBe(true)
  expect(mayReclassify(as('receptionist'), 'administrative', 'lab')).toBe(true)
  expect(mayReclassify(as('doctor'), 'x_ray', 'administrative')).toBe(true)
})

test('a title is the name of the file, without its ending and without what would turn or break a line', () => {
  expect(titleOf('צילום פנורמי 2026.JPG')).toBe('צילום פנורמי 2026')
  expect(titleOf('../../etc/passwd')).toBe('.. .. etc passwd')
  expect(titleOf('a\r\nX-Evil: 1\u202egpj.exe')).toBe('a X-Evil: 1 gpj')
  expect(titleOf('.pdf')).toBe('')
  expect(titleOf('x'.repeat(300))).toHaveLength(200)
})

test('teeth are those that there are, once each; a picture is not made tomorrow', () => {
  const today = plainDate('2026-11-22')
  expect(checkDetails({ teeth: ['36', '11', '36', '85'], takenOn: today, today })).toEqual(['11', '36', '85'])
  expect(() => checkDetails({ teeth: ['19'], takenOn: today, today })).toThrow('tooth_unknown')
  expect(() => checkDetails({ teeth: [], takenOn: plainDate('2026-11-24'), today })).toThrow('attachment_date_in_future')
  expect(checkDetails({ teeth: [], takenOn: plainDate('2026-11-23'), today })).toEqual([]) // somewhere it is tomorrow already
})
