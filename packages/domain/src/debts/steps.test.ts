import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DebtStep, debtWays, isDue, nextStep, requireSteps, suggestedSteps, wayOf } from './steps.ts'

describe('the steps of reminders', () => {
  it('come in their order, each later than the one before', () => {
    expect(() => requireSteps(suggestedSteps)).not.toThrow()
    expect(() => requireSteps([])).not.toThrow()
    for (const steps of [[{ step: 2, afterDays: 7, way: 'sms' }], [{ step: 1, afterDays: 7, way: 'sms' }, { step: 2, afterDays: 7, way: 'call' }], [{ step: 1, afterDays: 7, way: 'sms' }, { step: 3, afterDays: 9, way: 'call' }]] satisfies DebtStep[][])
      expect(() => requireSteps(steps)).toThrow(expect.objectContaining({ code: 'debt_steps_order' }))
  })

  it('are taken one by one over the days of a debt, each once and never before its day', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 6 }).map((all) => all.sort((a, b) => a - b))
    fc.assert(
      fc.property(days, fc.array(fc.constantFrom(...debtWays), { minLength: 6, maxLength: 6 }), fc.integer({ min: 0, max: 150 }), (afterDays, ways, seenFrom) => {
        const steps = afterDays.map((after, index): DebtStep => ({ step: index + 1, afterDays: after, way: ways[index] ?? 'sms' }))
        const taken: { step: number; on: number }[] = []
        for (let day = seenFrom; day <= 210; day += 1) {
          const next = nextStep(steps, taken.at(-1)?.step ?? 0)
          if (next && isDue(next, day)) taken.push({ step: next.step, on: day })
        }
        expect(taken.map(({ step }) => step)).toEqual(steps.map(({ step }) => step))
        for (const { step, on } of taken) expect(on).toBeGreaterThanOrEqual(Math.max(seenFrom, steps[step - 1]?.afterDays ?? Infinity))
      }),
    )
  })
})

describe('the way of a step', () => {
  it('is its own, else the other message, else none; a call is always possible', () => {
    expect(wayOf({ way: 'sms' }, { sms: true, email: true })).toBe('sms')
    expect(wayOf({ way: 'email' }, { sms: true, email: false })).toBe('sms')
    expect(wayOf({ way: 'sms' }, { sms: false, email: true })).toBe('email')
    expect(wayOf({ way: 'email' }, { sms: false, email: false })).toBeNull()
    expect(wayOf({ way: 'call' }, { sms: false, email: false })).toBe('call')
  })
})
