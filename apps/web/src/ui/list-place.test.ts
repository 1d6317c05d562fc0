import { expect, test } from 'vitest'
import { listPlace } from './list-place.ts'

const window = { width: 1280, height: 800 }

test('a list lies under its field and begins where the field begins, in both directions', () => {
  const field = { x: 100, y: 50, width: 400, height: 36 }
  expect(listPlace(field, window, false)).toEqual({ insetInlineStart: '100px', top: '90px', bottom: 'auto', width: '400px', maxHeight: '384px' })
  expect(listPlace(field, window, true)).toMatchObject({ insetInlineStart: '780px', width: '400px' })
})

test('a list goes above a field near the lower edge, and is no higher than the room', () => {
  expect(listPlace({ x: 100, y: 700, width: 400, height: 36 }, window, false)).toMatchObject({ top: 'auto', bottom: '104px', maxHeight: '384px' })
  expect(listPlace({ x: 8, y: 60, width: 300, height: 36 }, { width: 390, height: 300 }, false)).toMatchObject({ top: '100px', maxHeight: '192px' })
})

test('a list of a narrow field stays in the window of a phone', () => {
  expect(listPlace({ x: 200, y: 50, width: 110, height: 36 }, { width: 320, height: 600 }, false)).toMatchObject({ insetInlineStart: '24px', width: '288px' })
  expect(listPlace({ x: 10, y: 50, width: 110, height: 36 }, { width: 290, height: 600 }, true)).toMatchObject({ insetInlineStart: '8px', width: '274px' })
})
