import { expect, test } from 'vitest'
import { groupsOf } from './group-columns.ts'

const column = (id: string, day?: string) => ({ id, title: id, colour: '', open: [], ...(day ? { group: { key: day, title: day } } : {}) })

test('columns of the same group that lie side by side are under one title', () => {
  expect(groupsOf([column('a', 'sun'), column('b', 'sun'), column('c', 'mon')])).toEqual([
    { key: 'sun', title: 'sun', columns: 2 },
    { key: 'mon', title: 'mon', columns: 1 },
  ])
})

test('columns without groups have no row of titles', () => {
  expect(groupsOf([column('a'), column('b')])).toBeNull()
  expect(groupsOf([])).toBeNull()
})
