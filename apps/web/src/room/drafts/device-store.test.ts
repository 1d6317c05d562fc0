import { expect, test } from 'vitest'
import { instant } from '@yoman/domain/time'
import { byAge, type SealedDraft } from './device-store.ts'

const row = (id: string, at?: string): SealedDraft => ({ id, at }) as SealedDraft // its age is all that is asked here

test('a row without a time is over, and does not hide the others', () => {
  const { old, kept } = byAge([row('last year', '2025-11-22T08:00:00Z'), row('without'), row('today', '2026-11-22T08:00:00Z')], instant('2026-10-23T08:00:00Z'))
  expect(old.map(({ id }) => id)).toEqual(['last year', 'without'])
  expect(kept.map(({ id }) => id)).toEqual(['today'])
})
