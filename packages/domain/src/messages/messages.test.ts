import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant } from '../time.ts'
import { noticeDue, noticeHolds } from './notice-due.ts'
import { readReply, replyWords } from './read-reply.ts'
import { applyReceipt, outcomeUnknown, type Receipted } from './receipt.ts'

const now = instant('2026-11-22T08:00:00Z')
const monday = instant('2026-11-23T08:00:00Z')
const tuesday = instant('2026-11-24T08:00:00Z')

describe('a notice of a change', () => {
  it('is not given to a patient who was told nothing', () => {
    expect(noticeDue(null, { status: 'booked', startsAt: tuesday }, now)).toBeNull()
    expect(noticeDue(null, { status: 'cancelled', startsAt: monday }, now)).toBeNull()
  })

  it('tells a moved visit once', () => {
    expect(noticeDue({ kind: 'reminder', startsAt: monday }, { status: 'booked', startsAt: tuesday }, now)).toBe('moved')
    expect(noticeDue({ kind: 'moved', startsAt: tuesday }, { status: 'confirmed', startsAt: tuesday }, now)).toBeNull()
  })

  it('tells nothing where a visit was moved and moved back', () => {
    expect(noticeDue({ kind: 'reminder', startsAt: monday }, { status: 'booked', startsAt: monday }, now)).toBeNull()
  })

  it('tells a cancelled visit once, and that it holds again', () => {
    const cancelled = { status: 'cancelled', startsAt: monday }
    expect(noticeDue({ kind: 'reminder', startsAt: monday }, cancelled, now)).toBe('cancelled')
    expect(noticeDue({ kind: 'cancelled', startsAt: monday }, cancelled, now)).toBeNull()
    expect(noticeDue({ kind: 'cancelled', startsAt: monday }, { status: 'booked', startsAt: monday }, now)).toBe('booked')
  })

  it('tells nothing of what is over or under way', () => {
    expect(noticeDue({ kind: 'reminder', startsAt: monday }, { status: 'cancelled', startsAt: now }, now)).toBeNull()
    expect(noticeDue({ kind: 'reminder', startsAt: monday }, { status: 'arrived', startsAt: tuesday }, now)).toBeNull()
  })

  it('holds only as long as it is true', () => {
    const moved = { kind: 'moved' as const, startsAt: tuesday }
    expect(noticeHolds(moved, { status: 'booked', startsAt: tuesday }, now)).toBe(true)
    expect(noticeHolds(moved, { status: 'booked', startsAt: monday }, now)).toBe(false)
    expect(noticeHolds(moved, { status: 'cancelled', startsAt: tuesday }, now)).toBe(false)
    expect(noticeHolds(moved, { status: 'booked', startsAt: tuesday }, tuesday)).toBe(false)
    expect(noticeHolds({ ...moved, kind: 'cancelled' }, { status: 'cancelled', startsAt: tuesday }, now)).toBe(true)
    expect(noticeHolds({ ...moved, kind: 'cancelled' }, { status: 'booked', startsAt: tuesday }, now)).toBe(false)
  })
})

describe('a reply', () => {
  it.each([
    ['1', 'confirm'], [' 1. ', 'confirm'], ['כֵּן!', 'confirm'], ['\u200fמאשרת', 'confirm'], ['YES', 'confirm'], ['نعم', 'confirm'], ['Да', 'confirm'], ['１', 'confirm'],
    ['2', 'cancel'], ['לבטל', 'cancel'], ['нет', 'cancel'], ['إلغاء', 'cancel'],
    ['STOP', 'stop'], ['הסר', 'stop'], ['Cancel', 'stop'], ['start', 'start'],
    ['12', 'unknown'], ['1 2', 'unknown'], ["I can't confirm", 'unknown'], ['', 'unknown'], ['🙂', 'unknown'],
  ])('%j means %s', (text, meaning) => {
    expect(readReply(text)).toBe(meaning)
  })

  it.each([['3', 'move'], ['לשנות', 'move'], ['מועד  אחר!', 'move'], ['تأجيل', 'move'], ['Перенести', 'move'], ['Another time.', 'move'], ['לא אגיע', 'cancel'], ['не приду', 'cancel'], ['מגיעה', 'confirm']])('%j means %s', (text, meaning) => {
    expect(readReply(text)).toBe(meaning)
  })

  it.each([['Cancel', 'cancel'], ['end', 'unknown'], ['Stop', 'stop'], ['הסר', 'stop'], ['1', 'confirm']])('%j means %s on WhatsApp, which knows no words of the SMS networks', (text, meaning) => {
    expect(readReply(text, 'whatsapp')).toBe(meaning)
  })

  it('gives no word two meanings', () => {
    const all = Object.values(replyWords).flat()
    expect(new Set(all).size).toBe(all.length)
    for (const [meaning, list] of Object.entries(replyWords)) for (const word of list) expect(readReply(word), word).toBe(meaning)
  })

  it('takes no longer message for a word that stands in it', () => {
    const word = fc.constantFrom(...Object.values(replyWords).flat())
    const more = fc.stringMatching(/^[a-zא-תа-я]{2,12}$/)
    const known = new Set(Object.values(replyWords).flat())
    fc.assert(fc.property(word, more, fc.boolean(), (one, other, before) => {
      const text = before ? `${other} ${one}` : `${one} ${other}`
      expect(readReply(text)).toBe(known.has(text) ? readReply(text) : 'unknown')
    }), { numRuns: 500 })
  })
})

describe('a receipt', () => {
  const status = fc.constantFrom('accepted', 'queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'something new')
  const start: Receipted = { state: 'sending', errorCode: null }
  const all = (statuses: string[], from: Receipted = start): Receipted =>
    statuses.reduce((message, next) => applyReceipt(message, { status: next, errorCode: null }) ?? message, from)

  it('leads to the same end in whatever order and however often it comes', () => {
    expect(all(['sent', 'delivered', 'sent', 'queued', 'delivered']).state).toBe('delivered')
    expect(all(['delivered', 'sent', 'queued']).state).toBe('delivered')
    fc.assert(fc.property(fc.array(status), (statuses) => {
      const once = all(statuses)
      expect(all([...statuses, ...statuses])).toEqual(once)
    }))
  })

  it('never changes a final state, but for one that was given up on', () => {
    expect(applyReceipt({ state: 'delivered', errorCode: null }, { status: 'failed', errorCode: '30003' })).toBeNull()
    expect(applyReceipt({ state: 'failed', errorCode: '21610' }, { status: 'delivered', errorCode: null })).toBeNull()
    expect(applyReceipt({ state: 'failed', errorCode: outcomeUnknown }, { status: 'delivered', errorCode: null })).toEqual({ state: 'delivered', errorCode: null })
  })

  it('keeps the reason of a failure', () => {
    expect(applyReceipt(start, { status: 'undelivered', errorCode: '30005' })).toEqual({ state: 'failed', errorCode: '30005' })
    expect(applyReceipt(start, { status: 'failed', errorCode: null })).toEqual({ state: 'failed', errorCode: 'failed' })
  })
})
