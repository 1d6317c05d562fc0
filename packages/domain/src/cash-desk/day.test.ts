import { describe, expect, it } from 'vitest'
import { plainDate } from '../time.ts'
import { dayToClose, heldBy, requireClosable } from './day.ts'

const [monday, tuesday, wednesday] = [plainDate('2026-11-23'), plainDate('2026-11-24'), plainDate('2026-11-25')]

describe('the day of a closing', () => {
  it('is the oldest with money that is not closed, else today', () => {
    expect(dayToClose([wednesday, tuesday], monday, wednesday)).toEqual(tuesday)
    expect(dayToClose([monday, tuesday], null, wednesday)).toEqual(monday)
    expect(dayToClose([monday], monday, wednesday)).toEqual(wednesday) // came in after the closing: of the next one
    expect(dayToClose([], null, wednesday)).toEqual(wednesday)
  })

  it('is after the last one, and has begun', () => {
    expect(() => requireClosable(tuesday, monday, wednesday)).not.toThrow()
    expect(() => requireClosable(wednesday, null, wednesday)).not.toThrow()
    expect(() => requireClosable(tuesday, tuesday, wednesday)).toThrow(expect.objectContaining({ code: 'cash_desk_closed' }))
    expect(() => requireClosable(monday, tuesday, wednesday)).toThrow(expect.objectContaining({ code: 'cash_desk_closed' }))
    expect(() => requireClosable(wednesday, monday, tuesday)).toThrow(expect.objectContaining({ code: 'cash_day_ahead' }))
  })

  it('holds what came in until its end', () => {
    expect(heldBy([{ on: monday }, { on: tuesday }, { on: wednesday }], tuesday)).toEqual([{ on: monday }, { on: tuesday }])
  })
})
