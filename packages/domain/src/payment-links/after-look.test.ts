import { describe, expect, it } from 'vitest'
import { afterLook, type Look } from './after-look.ts'

const look = (over: Partial<Look>) => afterLook({ before: over.state ?? 'open', claimed: 'look', state: 'open', answer: 'known', tries: 0, looks: 0, unheard: 0, isOver: false, isLongOver: false, ...over })

describe('a look at a link that the provider answered', () => {
  it('is followed by another, later each time, while nobody paid', () => {
    expect(look({})).toMatchObject({ state: 'open', looks: 1, againInSeconds: 120 })
    expect(look({ looks: 3 })).toMatchObject({ state: 'open', looks: 4, againInSeconds: 960 })
  })

  it('ends it after its last day, and when it was to be closed', () => {
    expect(look({ isOver: true })).toMatchObject({ state: 'expired' })
    expect(look({ claimed: 'close', state: 'ending' })).toMatchObject({ state: 'cancelled' })
  })

  it('closes at once what was cancelled while it was looked at', () => {
    expect(look({ state: 'ending' })).toMatchObject({ state: 'ending', againInSeconds: 0 })
    expect(look({ state: 'ending', unheard: 1 })).toMatchObject({ state: 'ending', againInSeconds: 0 })
  })

  it.each(['paid', 'different', 'expired'] as const)('closes the page at once where an open link ends by it: %s', (state) => {
    expect(look({ before: 'open', state: state === 'expired' ? 'open' : state, isOver: state === 'expired', looks: 7 })).toMatchObject({ state, looks: 0, againInSeconds: 0 })
  })

  it('is done twice more after the end, for money whose callback was lost, and then no more', () => {
    expect(look({ claimed: 'close', state: 'ending', looks: 7 })).toMatchObject({ state: 'cancelled', looks: 1, againInSeconds: 3_600 })
    for (const state of ['paid', 'different', 'expired', 'cancelled', 'failed'] as const) {
      const ended = (looks: number) => look({ claimed: 'close', state, looks, isOver: true, isLongOver: true })
      expect([0, 1, 2, 3].map((looks) => ended(looks).againInSeconds)).toEqual([3_600, 86_400, null, null])
      expect(ended(1)).toMatchObject({ state, looks: 2, tries: 0, problem: null, forget: false })
    }
  })

  it('is done again for what a callback named and the provider does not tell, and not for ever', () => {
    expect(look({ claimed: 'close', state: 'expired', unheard: 1 })).toMatchObject({ state: 'expired', tries: 1, looks: 0, againInSeconds: 10, forget: false })
    expect(look({ claimed: 'close', state: 'expired', unheard: 1, tries: 11, looks: 2 })).toMatchObject({ tries: 0, againInSeconds: null, forget: true })
    expect(look({ unheard: 1, tries: 11 })).toMatchObject({ state: 'open', againInSeconds: 120, forget: true })
  })

  it('opens it, and closes at once what was cancelled meanwhile', () => {
    expect(look({ answer: 'opened', tries: 3 })).toEqual({ state: 'open', looks: 0, tries: 0, problem: null, againInSeconds: 120, forget: false })
    expect(look({ answer: 'opened', state: 'ending' })).toMatchObject({ state: 'ending', againInSeconds: 0 })
  })
})

describe('a look at a link that nobody answered well', () => {
  it('is done again at growing pauses; a page that cannot be opened for hours fails', () => {
    expect(look({ answer: 'unreachable', state: 'requested' })).toMatchObject({ state: 'requested', problem: 'unreachable', tries: 1, againInSeconds: 10 })
    expect(look({ answer: 'unreachable', state: 'requested', tries: 11 })).toMatchObject({ state: 'failed', problem: 'unreachable', againInSeconds: null })
  })

  it.each(['refused', 'unauthorised'] as const)('fails at once where the page was %s', (answer) => {
    expect(look({ answer, state: 'requested' })).toMatchObject({ state: 'failed', problem: answer, againInSeconds: null })
  })

  it('never forgets money: an open page is asked about four times a day until long after its end', () => {
    expect(look({ answer: 'unreachable', tries: 40, isOver: true })).toMatchObject({ state: 'open', againInSeconds: 21_600 })
    expect(look({ answer: 'unreachable', tries: 40, isOver: true, isLongOver: true })).toMatchObject({ state: 'expired', problem: 'unreachable', againInSeconds: null })
    expect(look({ answer: 'unreachable', state: 'expired', tries: 40, unheard: 1 })).toMatchObject({ state: 'expired', againInSeconds: 21_600, forget: false })
  })

  it('is cancelled here where its page cannot be closed there', () => {
    expect(look({ answer: 'unreachable', state: 'ending' })).toMatchObject({ state: 'ending', againInSeconds: 10 })
    expect(look({ answer: 'unreachable', state: 'ending', tries: 11 })).toMatchObject({ state: 'cancelled', problem: 'unreachable', againInSeconds: 21_600 })
    expect(look({ answer: 'unreachable', state: 'cancelled', tries: 12 })).toMatchObject({ state: 'cancelled', problem: null, againInSeconds: 21_600 })
    expect(look({ answer: 'unreachable', state: 'cancelled', tries: 12, isOver: true, isLongOver: true })).toMatchObject({ state: 'cancelled', againInSeconds: null })
  })
})
