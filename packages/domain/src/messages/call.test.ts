import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant, plainTime } from '../time.ts'
import { planReminders } from '../reminders/plan.ts'
import { closedFor, hoursFor, maySendAt, type SendingHours } from '../reminders/sending-hours.ts'
import { answerOfCall, callReceipt } from './call.ts'
import { readReply, type ReplyChannel } from './read-reply.ts'
import { applyReceipt, type Receipted } from './receipt.ts'
import { smsCode } from './sms-codes.ts'

const sending: Receipted = { state: 'sending', errorCode: null }
const after = (standing: Parameters<typeof callReceipt>[0], from = sending) => applyReceipt(from, callReceipt(standing))

describe('a call', () => {
  it.each([
    ['completed', 'human', 'delivered', null],
    ['completed', 'machine_start', 'failed', 'machine'],
    ['completed', 'machine_end_beep', 'failed', 'machine'],
    ['completed', 'fax', 'failed', 'machine'],
    ['completed', 'unknown', 'sent', null],
    ['completed', null, 'sent', null],
    ['busy', null, 'failed', 'busy'],
    ['no-answer', null, 'failed', 'no-answer'],
    ['canceled', null, 'failed', 'canceled'],
    ['failed', null, 'failed', 'failed'],
    ['ringing', null, 'sent', null],
    ['in-progress', 'human', 'sent', null],
  ] as const)('that is %s, taken by %s, is %s (%s)', (status, answeredBy, state, errorCode) => {
    expect(after({ status, answeredBy })).toEqual({ state, errorCode })
  })

  it('to a number that nobody has tells of the number, and one that the network refused for another reason does not', () => {
    for (const sipCode of ['404', '410', '484', '604']) expect(smsCode(after({ status: 'failed', answeredBy: null, sipCode })?.errorCode ?? '').fault).toBe('address')
    for (const sipCode of ['503', '486', '']) expect(smsCode(after({ status: 'failed', answeredBy: null, sipCode })?.errorCode ?? '').fault).not.toBe('address')
  })

  it('in which somebody pressed a key was heard, whatever is said of it afterwards', () => {
    const heard = applyReceipt(sending, { status: 'person', errorCode: null })
    expect(heard).toEqual({ state: 'delivered', errorCode: null })
    expect(heard && after({ status: 'completed', answeredBy: 'machine_start' }, heard)).toBeNull()
  })

  it('is led forward by its receipts alone, in whatever order they come', () => {
    const steps = fc.subarray(['queued', 'initiated', 'ringing', 'in-progress'], { minLength: 0 })
    fc.assert(fc.property(steps, steps, (before, later) => {
      const end = [...before, 'completed', ...later].reduce((message, status) => after({ status, answeredBy: status === 'completed' ? 'human' : null }, message) ?? message, sending)
      expect(end.state).toBe('delivered')
    }))
  })

  it.each(['machine', 'busy', 'no-answer'])('that ended as %s is worth one more, and no third', (code) => {
    expect(smsCode(code).againAfterMinutes).toHaveLength(1)
  })
})

describe('a key', () => {
  it.each([['1', 'confirm'], ['2', 'cancel'], ['3', 'move']] as const)('%s means what it means in an SMS', (digit, reply) => {
    for (const channel of ['sms', 'whatsapp', 'voice'] satisfies ReplyChannel[]) expect(readReply(digit, channel)).toBe(reply)
  })

  it('9 ends calls, and means nothing in an SMS', () => {
    expect(readReply('9', 'voice')).toBe('stop')
    expect(readReply('9', 'sms')).toBe('unknown')
    expect(readReply('9', 'whatsapp')).toBe('unknown')
  })

  it.each(['0', '4', '5', '6', '7', '8', '*', '#'])('%s means nothing and is asked for again', (key) => {
    expect(answerOfCall(readReply(key, 'voice'), false)).toBe('again')
  })

  it.each([['confirm', true, 'confirmed'], ['confirm', false, 'kept'], ['cancel', true, 'cancelled'], ['cancel', false, 'kept'], ['move', false, 'kept'], ['stop', true, 'stopped']] as const)('that meant %s (done: %s) is answered "%s"', (reply, done, answer) => {
    expect(answerOfCall(reply, done)).toBe(answer)
  })
})

describe('the hours of calls', () => {
  const clinic: SendingHours = { zone: 'Asia/Jerusalem', quietFrom: plainTime('22:00'), quietTo: plainTime('07:00'), eveCutoff: plainTime('14:00'), sabbathPolicy: 'back' }
  const at = (wall: string) => instant(`${wall}+02:00`)

  it.each([['2026-11-24T08:59', false], ['2026-11-24T09:00', true], ['2026-11-24T19:59', true], ['2026-11-24T20:00', false], ['2026-11-27T13:59', true], ['2026-11-27T14:00', false], ['2026-11-28T10:00', false]])('%s: %s', (wall, open) => {
    expect(maySendAt(hoursFor('voice', clinic), at(wall))).toBe(open)
  })

  it('are never wider than the clinic\'s own, also where its quiet lies in the middle of the day', () => {
    const naps: SendingHours = { ...clinic, quietFrom: plainTime('13:00'), quietTo: plainTime('16:00') }
    const late: SendingHours = { ...clinic, quietFrom: plainTime('18:00'), quietTo: plainTime('10:30') }
    expect(['10:00', '14:00', '17:00', '21:00'].map((hour) => maySendAt(hoursFor('voice', naps), at(`2026-11-24T${hour}`)))).toEqual([true, false, true, false])
    expect(['10:00', '10:30', '17:59', '18:00'].map((hour) => maySendAt(hoursFor('voice', late), at(`2026-11-24T${hour}`)))).toEqual([false, true, true, false])
    fc.assert(fc.property(fc.integer({ min: 0, max: 7 * 24 * 60 }), fc.constantFrom(clinic, naps, late), (minutes, hours) => {
      const moment = at('2026-11-22T00:00').add({ minutes })
      if (maySendAt(hoursFor('voice', hours), moment)) expect(maySendAt(hours, moment)).toBe(true)
    }))
  })

  it('hold for a rule by call and for no other', () => {
    const visit = { branchId: 'b', visitTypeId: 't', startsAt: at('2026-11-25T12:00'), status: 'booked' }
    const rule = { branchId: null, visitTypeIds: [], daysBefore: 1, atTime: plainTime('21:00'), fallbackChannels: [], active: true }
    const [sms, call] = planReminders(visit, [{ ...rule, id: 'a', channel: 'voice' }, { ...rule, id: 'b', channel: 'sms' }], clinic, at('2026-11-22T10:00')).sort((one) => (one.channel === 'sms' ? -1 : 1))
    expect(sms).toMatchObject({ channel: 'sms', dueAt: at('2026-11-24T21:00'), movedFor: null })
    expect(call).toMatchObject({ channel: 'voice', dueAt: at('2026-11-24T19:30'), movedFor: 'night' })
    expect(closedFor(hoursFor('sms', clinic), at('2026-11-24T21:00'))).toBeNull()
  })
})
