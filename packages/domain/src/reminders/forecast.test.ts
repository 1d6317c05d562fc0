import { expect, test } from 'vitest'
import { fateOf } from './forecast.ts'

test.each([
  [{ state: 'planned', reachable: true, refused: false }, 'leaves'],
  [{ state: 'planned', reachable: false, refused: false }, 'no_address'],
  [{ state: 'planned', reachable: false, refused: true }, 'refused'],
  [{ state: 'skipped', reachable: true, refused: true }, 'skipped'],
  [{ state: 'queued', reachable: false, refused: true }, 'gone'],
  [{ state: 'done', reachable: true, refused: false }, 'gone'],
] as const)('%j: %s', (reminder, fate) => {
  expect(fateOf(reminder)).toBe(fate)
})
