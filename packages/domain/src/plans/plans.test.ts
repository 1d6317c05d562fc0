import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkAcceptable, checkDraft, checkRevisable, checkStep, planStatuses, planSteps, totalOf } from './plan.ts'
import { type OpenItem, settleItems, waitingOf } from './settle.ts'

const codeOf = (act: () => void): string => {
  try {
    act()
    return 'allowed'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('the steps of a plan', () => {
  it('are those of a talk with a patient: offered, taken back, declined, closed', () => {
    const allowed = planStatuses.map((from) => [from, planSteps.filter((to) => codeOf(() => checkStep(from, to, { items: 1, reason: 'כך' })) === 'allowed')])
    expect(Object.fromEntries(allowed)).toEqual({ draft: ['offered', 'closed'], offered: ['draft', 'declined', 'closed'], accepted: ['closed'], declined: [], replaced: [], closed: [], done: [] })
  })

  it('want something in an offer, and a reason for an end that the patient knows of', () => {
    expect(codeOf(() => checkStep('draft', 'offered', { items: 0, reason: '' }))).toBe('plan_empty')
    expect(codeOf(() => checkStep('offered', 'declined', { items: 1, reason: '  ' }))).toBe('plan_reason_missing')
    expect(codeOf(() => checkStep('accepted', 'closed', { items: 1, reason: '' }))).toBe('plan_reason_missing')
    expect(codeOf(() => checkStep('draft', 'closed', { items: 1, reason: '' }))).toBe('allowed')
  })

  it('leave only a draft to be written in, only an offer to be signed, only an answered plan to be revised', () => {
    expect(planStatuses.filter((status) => codeOf(() => checkDraft(status)) === 'allowed')).toEqual(['draft'])
    expect(planStatuses.filter((status) => codeOf(() => checkAcceptable(status)) === 'allowed')).toEqual(['offered'])
    expect(codeOf(() => checkAcceptable('accepted'))).toBe('plan_already_answered')
    expect(planStatuses.filter((status) => codeOf(() => checkRevisable(status)) === 'allowed')).toEqual(['accepted', 'declined'])
  })
})

it('costs the sum of its items, from the least to the most', () => {
  expect(totalOf([{ quantity: 2, leastAgorot: 45_000, mostAgorot: 45_000 }, { quantity: 1, leastAgorot: 300_000, mostAgorot: 420_000 }])).toEqual({ leastAgorot: 390_000, mostAgorot: 510_000 })
  expect(totalOf([])).toEqual({ leastAgorot: 0, mostAgorot: 0 })
})

describe('what a signed visit settles', () => {
  const item = (id: string, tooth: string | null, quantity = 1, doneQuantity = 0): OpenItem => ({ id, priceItemId: 'filling', tooth, quantity, doneQuantity })
  const did = (tooth: string | null, quantity = 1, priceItemId = 'filling') => ({ priceItemId, tooth, quantity })

  it('is the item of that tooth first, then one that names none', () => {
    const items = [item('any', null), item('on36', '36'), item('on46', '46')]
    expect([...settleItems(items, [did('36')])]).toEqual([['on36', 1]])
    expect([...settleItems(items, [did('36'), did('36')])]).toEqual([['any', 1], ['on36', 1]])
    expect([...settleItems(items, [did('11')])]).toEqual([['any', 1]])
  })

  it('is nothing of another tooth, of no tooth, or of other work', () => {
    expect(settleItems([item('on36', '36')], [did('37'), did(null), did('36', 1, 'crown')]).size).toBe(0)
  })

  it('counts quantities over several items and no further', () => {
    expect([...settleItems([item('a', null, 2, 1), item('b', null, 3)], [did(null, 3)])]).toEqual([['a', 2], ['b', 2]])
  })

  it('never makes more of an item than was planned, nor more out of the work than was done', () => {
    const teeth = fc.constantFrom(null, '36', '46')
    const planned = fc.array(fc.record({ tooth: teeth, quantity: fc.integer({ min: 1, max: 5 }), done: fc.integer({ min: 0, max: 5 }) }), { maxLength: 6 })
    const work = fc.array(fc.record({ tooth: teeth, quantity: fc.integer({ min: 1, max: 5 }) }), { maxLength: 6 })
    fc.assert(fc.property(planned, work, (plan, done) => {
      const items = plan.map((one, at) => item(String(at), one.tooth, one.quantity, Math.min(one.done, one.quantity)))
      const now = settleItems(items, done.map((one) => did(one.tooth, one.quantity)))
      let taken = 0
      for (const one of items) {
        const after = now.get(one.id) ?? one.doneQuantity
        expect(after >= one.doneQuantity && after <= one.quantity).toBe(true)
        taken += after - one.doneQuantity
      }
      expect(taken).toBeLessThanOrEqual(done.reduce((sum, one) => sum + one.quantity, 0))
    }))
  })
})

it('waits for the desk until a visit is to come, it is set aside or all is done', () => {
  const now = { open: true, setAside: false, visits: [] as string[] }
  expect(waitingOf(now)).toBe('never_booked')
  expect(waitingOf({ ...now, visits: ['cancelled'] })).toBe('visit_cancelled')
  expect(waitingOf({ ...now, visits: ['cancelled', 'no_show'] })).toBe('visit_cancelled')
  expect(waitingOf({ ...now, visits: ['cancelled', 'booked'] })).toBeNull()
  expect(waitingOf({ ...now, visits: ['completed'] })).toBe('work_remains')
  expect(waitingOf({ ...now, open: false })).toBeNull()
  expect(waitingOf({ ...now, setAside: true })).toBeNull()
})
