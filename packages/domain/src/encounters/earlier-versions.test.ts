import { expect, test } from 'vitest'
import { instant } from '../time.ts'
import { type VersionMark, worthLookingUp } from './earlier-versions.ts'

const noon = instant('2026-11-22T10:00:00Z')
const version = (seq: number, given: Partial<VersionMark> & { seconds?: number } = {}): VersionMark => ({ seq, kind: 'draft', authorId: 'levi', size: 100 + seq, writtenAt: noon.add({ seconds: given.seconds ?? seq * 3 }), ...given })
const kept = (versions: VersionMark[]): number[] => worthLookingUp(versions).map(({ seq }) => seq)

test('of a text that only grew, the last', () => {
  expect(kept(Array.from({ length: 200 }, (_, index) => version(index + 1)))).toEqual([200])
})

test('the last words before another author, before a pause, and before words were taken out', () => {
  expect(kept([version(1), version(2), version(3, { authorId: 'cohen' }), version(4)])).toEqual([2, 3, 4])
  expect(kept([version(1), version(2), version(3, { seconds: 900 })])).toEqual([2, 3])
  expect(kept([version(1), version(2, { size: 400 }), version(3, { size: 100 }), version(4, { size: 110 })])).toEqual([2, 4])
  expect(kept([version(1), version(2, { size: 103 }), version(3, { size: 99 })])).toEqual([3])
})

test('all that was set aside, signed and amended', () => {
  expect(kept([version(1), version(2, { kind: 'aside' }), version(3), version(4, { kind: 'signed' }), version(5, { kind: 'amendment' })])).toEqual([2, 3, 4, 5])
})
