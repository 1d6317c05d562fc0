import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from '../time.ts'
import { type Accountable, accountOf, callOutcomes, isAccounted } from './account.ts'

const now = instant('2026-11-22T10:00:00Z')
const ago = (minutes: number) => now.subtract({ minutes })
const visit: Accountable = { status: 'booked', cancelledBy: null, reminders: [], messages: [], toldOfAnotherStart: false, calls: [] }
const planned = (minutesAgo: number) => ({ state: 'planned' as const, skipReason: null, dueAt: ago(minutesAgo) })
const skipped = (skipReason: string) => ({ state: 'skipped' as const, skipReason, dueAt: ago(60) })
const sms = (state: Accountable['messages'][number]['state'], minutesAgo = 1) => ({ kind: 'reminder' as const, state, channel: 'sms' as const, notBefore: ago(minutesAgo), heldSince: null, sentAt: state === 'sent' || state === 'delivered' ? ago(minutesAgo) : null })

describe('the best that is true', () => {
  test.each<[string, Partial<Accountable>, string]>([
    ['the patient cancelled', { status: 'cancelled', cancelledBy: 'patient' }, 'cancelled'],
    ['the patient said yes, whatever the network said', { status: 'confirmed', messages: [sms('failed')] }, 'confirmed'],
    ['the patient is here', { status: 'arrived', reminders: [planned(600)] }, 'confirmed'],
    ['a call reached somebody after the message failed', { messages: [sms('failed')], calls: [{ outcome: 'no_answer' }, { outcome: 'reached' }] }, 'phoned'],
    ['somebody said why nobody needs to call', { calls: [{ outcome: 'excused' }] }, 'excused'],
    ['one of two messages arrived', { messages: [sms('failed'), sms('delivered')] }, 'delivered'],
    ['the new time was told, and its reminder was never due', { messages: [{ ...sms('delivered'), kind: 'notice' }], reminders: [skipped('already_past')] }, 'delivered'],
    ['the time was told once, and the reminder failed', { messages: [{ ...sms('delivered'), kind: 'notice' }, sms('failed')] }, 'not_reached'],
    ['the time was told once, and the reminder is still to come', { messages: [{ ...sms('delivered'), kind: 'notice' }], reminders: [planned(-60)] }, 'on_its_way'],
    ['the rule came after its own hour', { reminders: [skipped('rule_came_late')] }, 'not_reached'],
    ['a mail server took it', { messages: [{ ...sms('sent', 600), channel: 'email' }] }, 'delivered'],
    ['a reminder is still to come', { reminders: [planned(-60)] }, 'on_its_way'],
    ['another rule is still to come after one that failed', { reminders: [planned(-60)], messages: [sms('failed')] }, 'on_its_way'],
    ['the network carries it', { messages: [sms('sent', 119)] }, 'on_its_way'],
    ['it was booked after its reminder had gone', { reminders: [skipped('already_past'), skipped('already_past')] }, 'excused'],
  ])('%s', (_, facts, state) => {
    expect(accountOf({ ...visit, ...facts }, now).state).toBe(state)
  })
})

test.each<[Partial<Accountable>, string]>([
  [{ messages: [sms('failed')] }, 'failed'],
  [{ messages: [sms('sent', 120)] }, 'no_receipt'],
  [{ reminders: [skipped('no_consent')] }, 'refused'],
  [{ reminders: [skipped('nothing_to_send_to')] }, 'no_address'],
  [{ reminders: [skipped('too_late')] }, 'too_late'],
  [{ reminders: [skipped('already_past'), skipped('closed')] }, 'too_late'],
  [{}, 'not_planned'],
  [{ reminders: [skipped('rule_off')] }, 'not_planned'],
  [{ reminders: [skipped('already_past')], toldOfAnotherStart: true }, 'too_late'], // moved after its reminder had told of the old time

  [{ reminders: [skipped('no_consent')], calls: [{ outcome: 'no_answer' }, { outcome: 'left_word' }] }, 'refused'],
  [{ status: 'cancelled', cancelledBy: 'clinic' }, 'not_planned'],
  [{ status: 'cancelled', cancelledBy: 'clinic', messages: [sms('failed')] }, 'failed'],
])('nobody was reached: %j', (facts, reason) => {
  expect(accountOf({ ...visit, ...facts }, now)).toMatchObject({ state: 'not_reached', reason })
})

test('by which way it arrived is told; a call that a machine took did not arrive', () => {
  const call = (state: Parameters<typeof sms>[0]) => ({ ...sms(state), channel: 'voice' as const })
  expect(accountOf({ ...visit, messages: [call('delivered')] }, now)).toMatchObject({ state: 'delivered', arrivedBy: 'voice' })
  expect(accountOf({ ...visit, messages: [call('failed'), sms('delivered')] }, now)).toMatchObject({ state: 'delivered', arrivedBy: 'sms' })
  expect(accountOf({ ...visit, messages: [call('failed')] }, now)).toMatchObject({ state: 'not_reached', reason: 'failed', arrivedBy: null })
  expect(accountOf({ ...visit, messages: [{ ...call('sent'), sentAt: ago(121) }] }, now)).toMatchObject({ state: 'not_reached', reason: 'no_receipt' })
  expect(accountOf({ ...visit, calls: [{ outcome: 'reached' }], messages: [call('delivered')] }, now)).toMatchObject({ state: 'phoned', arrivedBy: null })
})

test('a visit that the clinic gave up is accounted for once the patient knows', () => {
  const given = { ...visit, status: 'cancelled', cancelledBy: 'clinic' as const }
  expect(accountOf({ ...given, reminders: [skipped('already_past')] }, now).state).toBe('not_reached')
  expect(accountOf({ ...given, messages: [sms('queued')] }, now).state).toBe('on_its_way')
  expect(accountOf({ ...given, messages: [sms('delivered')] }, now).state).toBe('cancelled')
  expect(accountOf({ ...given, calls: [{ outcome: 'reached' }] }, now).state).toBe('cancelled')
})

test('what is due and has not left in a quarter of an hour raises the alarm', () => {
  expect(accountOf({ ...visit, reminders: [planned(15)] }, now)).toMatchObject({ state: 'on_its_way', overdue: false, dueAt: ago(15) })
  expect(accountOf({ ...visit, reminders: [planned(16)] }, now)).toMatchObject({ state: 'on_its_way', overdue: true })
  for (const state of ['queued', 'sending', 'unknown'] as const) expect(accountOf({ ...visit, messages: [sms(state, 16)] }, now).overdue, state).toBe(true)
  expect(accountOf({ ...visit, messages: [sms('sent', 16)] }, now).overdue).toBe(false)
})

test('what is put off again and again is late by when it was to leave first', () => {
  const held = { ...sms('queued', -10), heldSince: ago(16) } // the next look lies ahead, as always
  expect(accountOf({ ...visit, messages: [held] }, now)).toMatchObject({ state: 'on_its_way', overdue: true, dueAt: ago(-10) })
  expect(accountOf({ ...visit, messages: [{ ...held, heldSince: ago(15) }] }, now).overdue).toBe(false)
})

const moments = fc.integer({ min: -3000, max: 3000 }).map(ago)
const anything: fc.Arbitrary<Accountable> = fc.record({
  status: fc.constantFrom('booked', 'confirmed', 'arrived', 'completed', 'cancelled', 'no_show'),
  cancelledBy: fc.constantFrom('patient', 'clinic', null),
  reminders: fc.array(fc.record({ state: fc.constantFrom('planned', 'queued', 'done', 'skipped'), skipReason: fc.constantFrom(null, 'already_past', 'no_consent', 'too_late', 'merged'), dueAt: moments }), { maxLength: 4 }),
  messages: fc.array(fc.record({ kind: fc.constantFrom('reminder', 'notice'), state: fc.constantFrom('queued', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'skipped'), channel: fc.constantFrom('sms', 'email'), notBefore: moments, heldSince: fc.option(moments), sentAt: fc.option(moments) }), { maxLength: 4 }),
  toldOfAnotherStart: fc.boolean(),
  calls: fc.array(fc.record({ outcome: fc.constantFrom(...callOutcomes) }), { maxLength: 3 }),
})

test('every visit has exactly one state; a silent one has its reason and an open one never counts', () => {
  fc.assert(
    fc.property(anything, (facts) => {
      const account = accountOf(facts, now)
      expect((account.state === 'not_reached') === (account.reason !== null)).toBe(true)
      expect((account.state === 'excused') === (account.excuse !== null)).toBe(true)
      if (account.overdue || account.dueAt !== null) expect(isAccounted(account.state)).toBe(false)
    }),
    { numRuns: 2_000 },
  )
})

test('time alone never makes an accounted visit open, and leaves nothing on its way for ever', () => {
  fc.assert(
    fc.property(anything, fc.integer({ min: 1, max: 10_000 }), (facts, minutes) => {
      const [before, after] = [accountOf(facts, now), accountOf(facts, now.add({ minutes }))]
      if (isAccounted(before.state)) expect(after.state).toBe(before.state)
      // What another message of the same time told them is true still when the word that was on its way is given up.
      const told = after.state === 'delivered' && facts.messages.some(({ kind, state, channel }) => kind === 'notice' && (state === 'delivered' || (state === 'sent' && channel === 'email')))
      if (before.state === 'on_its_way' && minutes > 7_000) expect(after.state === 'not_reached' || after.overdue || told).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})
