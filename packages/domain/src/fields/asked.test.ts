import { expect, test } from 'vitest'
import type { Actor, Role } from '../access.ts'
import { plainDate } from '../time.ts'
import { askedNow, type Moment } from './asked.ts'
import type { Field } from './field.ts'

const none = { he: '', en: '', ar: '', ru: '' }
const field = (given: Partial<Field>): Field => ({ id: 'f', subject: 'patient', key: 'f', kind: 'text', labels: none, hints: none, group: none, options: [], unit: '', formula: '', sensitivity: 'desk', editors: [], asked: 'never', raisesAlert: false, retired: false, ...given })
const as = (...roles: Role[]): Actor => ({ kind: 'staff', staffId: 's', roles, branchIds: [] })
const due = (given: Partial<Field>, answered: string | null, moment: Moment, actor = as('receptionist')) =>
  askedNow(actor, [field(given)], answered === null ? [] : [{ fieldId: 'f', day: plainDate(answered) }], moment).length === 1

const away: Moment = { here: false, before: plainDate('2026-05-10') }
const here: Moment = { here: true, before: plainDate('2026-05-10') }
const firstTime: Moment = { here: true, before: null }

test.each<[string, Partial<Field>, string | null, Moment, boolean]>([
  ['once, and never said', { asked: 'first' }, null, away, true],
  ['once, and said long ago', { asked: 'first' }, '2019-01-01', here, false],
  ['each visit, and nobody is here', { asked: 'each_visit' }, null, away, false],
  ['each visit, and never said', { asked: 'each_visit' }, null, firstTime, true],
  ['each visit, the first one, and said before it', { asked: 'each_visit' }, '2026-05-01', firstTime, false],
  ['each visit, and said at the one before', { asked: 'each_visit' }, '2026-05-10', here, true],
  ['each visit, and said since the one before', { asked: 'each_visit' }, '2026-05-11', here, false],
  ['only when needed', { asked: 'never' }, null, here, false],
  ['of a visit that is today', { asked: 'first', subject: 'visit' }, null, { here: true, before: null }, true],
  ['of a visit that was or will be', { asked: 'each_visit', subject: 'visit' }, null, { here: false, before: null }, false],
  ['of a visit, and said', { asked: 'each_visit', subject: 'visit' }, '2026-05-11', { here: true, before: null }, false],
  ['out of use', { asked: 'first', retired: true }, null, here, false],
  ['a calculation', { asked: 'first', kind: 'calculated', formula: '1' }, null, here, false],
  ['of those who write notes', { asked: 'first', sensitivity: 'clinical' }, null, here, false],
])('%s', (_what, given, answered, moment, expected) => expect(due(given, answered, moment)).toBe(expected))

test('is asked of whoever may answer, in the order of the fields', () => {
  expect(due({ asked: 'first', sensitivity: 'clinical' }, null, here, as('doctor'))).toBe(true)
  expect(due({ asked: 'first', editors: ['owner'] }, null, here)).toBe(false)
  expect(askedNow(as('owner'), [field({ id: 'b', asked: 'first' }), field({ id: 'a', asked: 'each_visit' })], [], here)).toEqual(['b', 'a'])
})
