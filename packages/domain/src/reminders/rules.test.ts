import { describe, expect, it, test } from 'vitest'
import { instant, plainTime } from '../time.ts'
import { planReminders } from './plan.ts'
import { type ReminderRule, type ReminderWish, rulesFor, wayAfter } from './rules.ts'

const rule = (id: string, more: Partial<ReminderRule> = {}): ReminderRule => ({ id, branchId: null, visitTypeIds: [], daysBefore: 1, atTime: plainTime('10:00'), channel: 'sms', fallbackChannels: [], active: true, ...more })
const general = rule('general')
const surgery = rule('surgery', { visitTypeIds: ['surgery'], daysBefore: 3 })
const visit = (visitTypeId: string, branchId = 'center') => ({ branchId, visitTypeId })
const ids = (rules: readonly ReminderRule[]): string[] => rules.map(({ id }) => id)
const wish = (more: Partial<ReminderWish> = {}): ReminderWish => ({ id: 'wish', reminders: 'usual', extra: null, ...more })

describe('which rules hold for a visit', () => {
  it('rules of its kind instead of the general ones; the general ones where it has none of its own', () => {
    expect(ids(rulesFor(visit('surgery'), [general, surgery], null))).toEqual(['surgery'])
    expect(ids(rulesFor(visit('talk'), [general, surgery], null))).toEqual(['general'])
  })

  it('a rule that is switched off, or of another branch, replaces nothing', () => {
    expect(ids(rulesFor(visit('surgery'), [general, { ...surgery, active: false }], null))).toEqual(['general'])
    expect(ids(rulesFor(visit('surgery'), [general, { ...surgery, branchId: 'north' }], null))).toEqual(['general'])
    expect(ids(rulesFor(visit('surgery', 'north'), [general, { ...surgery, branchId: 'north' }], null))).toEqual(['surgery'])
  })

  it('rules of its branch and of all branches add to each other', () => {
    expect(ids(rulesFor(visit('talk'), [general, rule('here', { branchId: 'center' })], null))).toEqual(['general', 'here'])
  })
})

describe('what a patient asked for', () => {
  it('e-mail alone: each moment once, and nothing by SMS even where the mail fails', () => {
    const both = [rule('a'), rule('b', { channel: 'email', fallbackChannels: ['sms'] }), rule('c', { daysBefore: 3, fallbackChannels: ['email'] })]
    const held = rulesFor(visit('talk'), both, wish({ reminders: 'email' }))
    expect(held.map(({ id, channel, fallbackChannels }) => [id, channel, fallbackChannels])).toEqual(expect.arrayContaining([['b', 'email', []], ['c', 'email', []]]))
    expect(held).toHaveLength(2)
    for (const one of both) expect(wayAfter('email', one, wish({ reminders: 'email' }))).toBeNull()
  })

  it('one more, earlier: beside those of the clinic', () => {
    const now = instant('2026-11-01T00:00:00Z')
    const hours = { zone: 'Asia/Jerusalem', quietFrom: plainTime('21:00'), quietTo: plainTime('08:00'), eveCutoff: plainTime('13:00'), sabbathPolicy: 'back' as const }
    const planned = planReminders({ ...visit('talk'), startsAt: instant('2026-11-25T08:00:00Z'), status: 'booked' }, [general], hours, now, wish({ extra: { daysBefore: 7, atTime: plainTime('09:00') } }))
    expect(planned.map(({ ruleId, dueAt, skip }) => [ruleId, dueAt.toString(), skip])).toEqual([['wish', '2026-11-18T07:00:00Z', null], ['general', '2026-11-24T08:00:00Z', null]])
    expect(planReminders({ ...visit('talk'), startsAt: instant('2026-11-25T08:00:00Z'), status: 'booked' }, [general], hours, now, wish({ reminders: 'none' })).map(({ skip }) => skip)).toEqual(['patient_wish'])
  })
})

test.each([
  ['SMS, then e-mail: after the SMS', 'sms', rule('r', { fallbackChannels: ['email'] }), null, 'email'],
  ['SMS, then e-mail: after the e-mail nothing', 'email', rule('r', { fallbackChannels: ['email'] }), null, null],
  ['e-mail, then SMS', 'email', rule('r', { channel: 'email', fallbackChannels: ['sms'] }), null, 'sms'],
  ['SMS alone', 'sms', rule('r'), null, null],
  ['a way that the rule does not know any more', 'sms', rule('r', { channel: 'email' }), null, null],
  ['a patient who wants none', 'sms', rule('r', { fallbackChannels: ['email'] }), wish({ reminders: 'none' }), null],
] as const)('the way to go on with: %s', (_, failed, one, asked, next) => {
  expect(wayAfter(failed, one, asked)).toBe(next)
})
