import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventReader } from './sse.ts'

const stream = ': hello\n\nid: 7\nevent: change\ndata: {"a":1}\n\ndata: שלום\ndata: שורה\n\n: beat\n\n'
const events = [
  { event: 'change', data: '{"a":1}', id: '7' },
  { event: 'message', data: 'שלום\nשורה', id: '7' },
]

test('reads events, keeps the last id and skips heartbeats', () => {
  expect(eventReader()(stream)).toEqual(events)
})

test('pieces may break anywhere', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: stream.length }), { maxLength: 12 }), (cuts) => {
      const read = eventReader()
      const edges = [0, ...cuts.sort((a, b) => a - b), stream.length]
      expect(edges.slice(1).flatMap((edge, index) => read(stream.slice(edges[index], edge)))).toEqual(events)
    }),
  )
})

test('an unfinished event is not given', () => {
  expect(eventReader()('data: half\n')).toEqual([])
})
