import { instant } from '@yoman/domain/time'
import { describe, expect, it } from 'vitest'
import { dayFromNow, promiseDue } from './promise-days.ts'

describe('the day of a promise to pay', () => {
  it('is counted on the wall of the branch', () => {
    expect(dayFromNow(instant('2026-11-22T22:30:00Z'), 'Asia/Jerusalem', 3)).toBe('2026-11-26') // it is the 23rd there
  })

  it('is checked at four in the afternoon, in summer and in winter', () => {
    expect(promiseDue('2026-11-26', 'Asia/Jerusalem')).toBe('2026-11-26T14:00:00Z')
    expect(promiseDue('2026-07-26', 'Asia/Jerusalem')).toBe('2026-07-26T13:00:00Z')
  })
})
