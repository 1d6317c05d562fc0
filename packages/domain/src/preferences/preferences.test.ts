import { expect, test } from 'vitest'
import { changed, defaultPreferences } from './preferences.ts'

test('leaves alone what the change does not name', () => {
  const week = changed(defaultPreferences, { density: 'compact', diary: { view: 'week' } })
  expect(changed(week, { textSize: 'large' })).toEqual({ density: 'compact', textSize: 'large', diary: { view: 'week', columns: {} } })
})

test('replaces the columns of one branch and keeps those of the others', () => {
  const one = changed(defaultPreferences, { diary: { columns: { a: { order: ['1', '2'], hidden: ['3'] }, b: { order: [], hidden: ['4'] } } } })
  expect(changed(one, { diary: { columns: { a: { order: ['2'], hidden: [] } } } }).diary.columns).toEqual({ a: { order: ['2'], hidden: [] }, b: { order: [], hidden: ['4'] } })
})
