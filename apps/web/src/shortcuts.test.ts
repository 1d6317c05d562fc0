import { expect, test } from 'vitest'
import { keyName } from './shortcuts.ts'

const press = { code: 'KeyN', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

test('names a key by where it is, whatever letter the layout puts there', () => {
  expect(keyName(press)).toBe('KeyN')
  expect(keyName({ ...press, code: 'Slash', shiftKey: true })).toBe('Shift+Slash')
})

test('Ctrl and the Mac’s command key are one', () => {
  expect(keyName({ ...press, code: 'KeyK', ctrlKey: true })).toBe('Ctrl+KeyK')
  expect(keyName({ ...press, code: 'KeyK', metaKey: true })).toBe('Ctrl+KeyK')
})
