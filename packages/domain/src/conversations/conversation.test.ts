import { describe, expect, test } from 'vitest'
import { instant, plainTime } from '../time.ts'
import type { SendingHours } from '../reminders/sending-hours.ts'
import { checkReachable, heard, replyLeavesAt } from './conversation.ts'

describe('a conversation', () => {
  test('is opened and counted by what somebody has to read, whatever it was before', () => {
    expect(heard(null, false)).toEqual({ status: 'open', unread: 1 })
    expect(heard({ status: 'closed', unread: 0 }, false)).toEqual({ status: 'open', unread: 1 })
    expect(heard({ status: 'open', unread: 2 }, false)).toEqual({ status: 'open', unread: 3 })
  })

  test('stays as it is by what was done without anybody', () => {
    expect(heard(null, true)).toEqual({ status: 'closed', unread: 0 })
    expect(heard({ status: 'open', unread: 2 }, true)).toEqual({ status: 'open', unread: 2 })
    expect(heard({ status: 'answered', unread: 0 }, true)).toEqual({ status: 'answered', unread: 0 })
  })

  test('is answered into a record, and never against STOP', () => {
    const reachable = { patientId: 'p', refused: false, mobile: true }
    expect(() => checkReachable(reachable)).not.toThrow()
    expect(() => checkReachable({ ...reachable, patientId: null })).toThrow('conversation_patient_missing')
    expect(() => checkReachable({ ...reachable, refused: true })).toThrow('no_consent')
    expect(() => checkReachable({ ...reachable, mobile: false })).toThrow('nothing_to_send_to')
  })
})

test('an answer leaves at any hour to whoever wrote a moment ago, and to others at a good one', () => {
  const hours: SendingHours = { zone: 'Asia/Jerusalem', quietFrom: plainTime('21:00'), quietTo: plainTime('08:00'), eveCutoff: plainTime('14:00'), sabbathPolicy: 'back' }
  const fridayNight = instant('2026-11-27T18:00:00Z')
  expect(replyLeavesAt(fridayNight.subtract({ minutes: 119 }), hours, fridayNight)).toEqual(fridayNight)
  const sunday = instant('2026-11-29T06:00:00Z')
  expect(replyLeavesAt(fridayNight.subtract({ minutes: 120 }), hours, fridayNight)).toEqual(sunday)
  expect(replyLeavesAt(null, hours, fridayNight)).toEqual(sunday)
  expect(replyLeavesAt(null, hours, sunday)).toEqual(sunday)
})
