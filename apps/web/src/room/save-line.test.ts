import { nextTick, ref } from 'vue'
import { expect, test } from 'vitest'
import { ApiProblem } from '../request.ts'
import { type OtherText, saveLine } from './save-line.ts'

/** A note on a server that keeps what it is sent, and can be told to fail. */
function server(first = '') {
  const note: OtherText = { seq: first === '' ? 0 : 1, body: first, authorId: 'me', writtenAt: '2026-11-22T08:40:00Z' }
  const sent: string[] = []
  let trouble: 'none' | 'lost answer' | 'no network' = 'none'
  let slow: Promise<void> = Promise.resolve()
  const text = ref(first)
  const saved: string[] = []
  const line = saveLine({
    text,
    first: { seq: note.seq, body: first },
    send: async (baseSeq, body) => {
      await slow
      if (trouble === 'no network') throw new ApiProblem(0, 'unreachable')
      sent.push(body)
      if (baseSeq !== note.seq) throw new ApiProblem(409, 'stale_version', { current: note.seq })
      Object.assign(note, { seq: note.seq + 1, body, authorId: 'me' })
      if (trouble === 'lost answer') throw new ApiProblem(0, 'unreachable')
      return { seq: note.seq }
    },
    look: async () => (trouble === 'no network' ? Promise.reject(new ApiProblem(0, 'unreachable')) : { ...note }),
    mine: () => 'me',
    onSaved: (body) => void saved.push(body),
    onFailed: () => undefined,
  })
  return { note, sent, saved, text, line, be: (next: typeof trouble) => void (trouble = next), slowDown: (until: Promise<void>) => void (slow = until) }
}

test('saves one at a time, and what was typed meanwhile after it', async () => {
  const { note, sent, text, line, slowDown } = server()
  let go = (): void => undefined
  slowDown(new Promise((resolve) => (go = resolve)))
  text.value = 'א'
  const first = line.flush()
  text.value = 'אב'
  const [second, third] = [line.flush(), line.flush()]
  await nextTick()
  go()
  expect(await Promise.all([first, second, third])).toEqual([true, true, true])
  expect(sent).toEqual(['א', 'אב'])
  expect(note.body).toBe('אב')
  expect([line.state.value, line.seq.value, line.clean()]).toEqual(['saved', 2, true])
})

test('a save whose answer was lost is found again, and is nobody else\'s text', async () => {
  const { note, saved, text, line, be } = server()
  be('lost answer')
  text.value = 'א'
  expect(await line.flush()).toBe(false)
  expect(line.state.value).toBe('failed')
  be('none')
  text.value = 'אב'
  expect(await line.flush()).toBe(true)
  expect([note.body, note.seq, line.other.value]).toEqual(['אב', 2, null])
  expect(saved).toEqual(['א', 'אב'])
})

test('what somebody else wrote is a conflict; after the choice it goes on from there', async () => {
  const { note, text, line } = server('א')
  text.value = 'שלי'
  Object.assign(note, { seq: 2, body: 'שלה', authorId: 'she' })
  expect(await line.flush()).toBe(false)
  expect([line.state.value, line.other.value?.body]).toEqual(['conflict', 'שלה'])
  expect(await line.flush()).toBe(false)
  expect(note.body).toBe('שלה')
  text.value = 'שלה\n\nשלי'
  line.standOn(2, 'שלה')
  expect(await line.flush()).toBe(true)
  expect([note.body, note.seq, line.other.value]).toEqual(['שלה\n\nשלי', 3, null])
})

test('my other window is somebody else, unless what it says is here too', async () => {
  const { note, text, line } = server('א')
  Object.assign(note, { seq: 2, body: 'מהחלון השני', authorId: 'me' })
  text.value = 'מכאן'
  expect(await line.flush()).toBe(false)
  expect(line.state.value).toBe('conflict')
  const closed = server('א')
  Object.assign(closed.note, { seq: 2, body: 'אב', authorId: 'me' })
  closed.text.value = 'אבג'
  expect(await closed.line.flush()).toBe(true)
  expect(closed.note.body).toBe('אבג')
  const twin = server('א')
  Object.assign(twin.note, { seq: 2, body: 'אב', authorId: 'me' })
  twin.text.value = 'אב'
  expect(await twin.line.flush()).toBe(true)
  expect(twin.saved).toEqual(['אב'])
})

test('without a network it says so, and tries again when asked', async () => {
  const { note, text, line, be } = server()
  be('no network')
  text.value = 'א'
  expect(await line.flush()).toBe(false)
  expect([line.state.value, line.clean(), note.body]).toEqual(['failed', false, ''])
  be('none')
  expect(await line.flush()).toBe(true)
  expect([line.state.value, note.body]).toEqual(['saved', 'א'])
})
