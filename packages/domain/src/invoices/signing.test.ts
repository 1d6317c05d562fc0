import { describe, expect, it } from 'vitest'
import { refusal } from '../refusal.fixture.ts'
import { instant } from '../time.ts'
import { requireValid, signs } from './signing.ts'

const certificate = { validFrom: instant('2026-01-01T00:00:00Z'), validTo: instant('2027-01-01T00:00:00Z') }

describe('a certificate', () => {
  it.each([
    ['2025-12-31T23:59:59Z', false], ['2026-01-01T00:00:00Z', true], ['2026-12-31T23:59:59Z', true], ['2027-01-01T00:00:00Z', false],
  ])('signs what is issued at %s: %s', (at, does) => {
    expect(signs(certificate, instant(at))).toBe(does)
  })

  it('is taken while it would sign something', () => {
    expect(() => requireValid(certificate, instant('2026-06-01T00:00:00Z'))).not.toThrow()
    expect(refusal(() => requireValid(certificate, instant('2027-01-01T00:00:00Z')))).toBe('certificate_expired')
    expect(refusal(() => requireValid(certificate, instant('2025-12-31T23:59:59Z')))).toBe('certificate_not_yet_valid')
  })
})
