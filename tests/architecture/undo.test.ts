// docs/UNDO.md against the route table: every write of the desk says how it is taken back, or why it cannot be.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { routes, specOf, type RouteKey } from '@yoman/contract/routes'
import { may } from '@yoman/domain/access'

const text = readFileSync(new URL('../../docs/UNDO.md', import.meta.url), 'utf8')
const [byOnePress = '', notByOnePress = ''] = text.split('## Not by one press')
const rowsOf = (part: string): string[][] => part.split('\n').filter((line) => line.startsWith('| `')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim().replaceAll('`', '')))
const [undone, standing] = [rowsOf(byOnePress), rowsOf(notByOnePress)]

const desk = { kind: 'staff', staffId: 'desk', roles: ['receptionist'], branchIds: [] } as const
// A search that is posted, a preview and a proposal write nothing.
const asks = /-searches$|-previews$|-matches$|proposals$/
const writes = (Object.keys(routes) as RouteKey[]).filter((key) => {
  const { permission } = specOf(key)
  return !key.startsWith('GET ') && !asks.test(key) && permission !== 'public' && may(desk, permission)
})

// What the diary's day is made of must be complete; of other nouns the lines that there are must be true.
const ofDay = /^\w+ \/(appointments|holds|tasks|handovers|shift-notes|blocks|holiday-closings|rebookings|orders|waitlist|waitlist-places|waitlist-offers|series|messages|payments)(\/|$)/

test('every write of the diary has its line, and no line is of something else', () => {
  const listed = [...undone, ...standing].map(([key]) => key ?? '')
  expect(writes.filter((key) => ofDay.test(key) && !listed.includes(key))).toEqual([])
  expect(listed.filter((key) => !(writes as string[]).includes(key))).toEqual([])
  expect(new Set(listed).size).toBe(listed.length)
})

test('what takes it back is a write, too, which the named file sends beside an undo', () => {
  const wrong = undone.flatMap(([write = '', back = '', file = '']) => {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
    // Steps and the ends of a hand-over are sent by a name that is put together.
    const sent = source.includes(back) || source.includes(back.replace(/[a-z-]+$/, '${route}'))
    return (routes as Record<string, unknown>)[back] !== undefined && sent && /undo/.test(source) ? [] : [`${write}: ${back} in ${file}`]
  })
  expect(wrong).toEqual([])
})

test('what cannot be taken back says why', () => {
  expect(standing.filter(([, why = '']) => why.length < 10)).toEqual([])
})
