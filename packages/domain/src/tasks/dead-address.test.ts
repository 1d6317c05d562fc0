import { expect, it } from 'vitest'
import { instant } from '../time.ts'
import { askForAddressBy } from './dead-address.ts'

const now = instant('2026-11-22T08:00:00Z')
const by = (visit: string | null) => askForAddressBy(now, visit === null ? null : instant(visit)).toString()

it('asks within a day, or when the patient comes, if that is sooner', () => {
  expect(by(null)).toBe('2026-11-23T08:00:00Z')
  expect(by('2026-11-23T07:59:00Z')).toBe('2026-11-23T07:59:00Z')
  expect(by('2026-11-23T08:01:00Z')).toBe('2026-11-23T08:00:00Z')
})

it('is not late from the start because the visit is over', () => expect(by('2026-11-21T08:00:00Z')).toBe('2026-11-23T08:00:00Z'))
