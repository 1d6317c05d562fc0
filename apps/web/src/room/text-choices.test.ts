import { ref } from 'vue'
import { expect, test } from 'vitest'
import { bothTexts } from '@yoman/domain/encounters/both-texts'
import { ApiProblem } from '../request.ts'
import { type OtherText, saveLine } from './save-line.ts'
import { textChoices } from './text-choices.ts'

/** A note on a server that can be away, with what was laid aside there. */
function note(first: string) {
  const there: OtherText = { seq: 1, body: first, authorId: 'me', writtenAt: '2026-11-22T08:40:00Z' }
  const asides: string[] = []
  let away = false
  let slow: Promise<void> = Promise.resolve()
  const text = ref(first)
  const line = saveLine({
    text,
    first: { seq: 1, body: first },
    send: async (baseSeq, body) => {
      if (away) throw new ApiProblem(0, 'unreachable')
      if (baseSeq !== there.seq) throw new ApiProblem(409, 'stale_version', { current: there.seq })
      Object.assign(there, { seq: there.seq + 1, body, authorId: 'me' })
      return { seq: there.seq }
    },
    look: () => Promise.resolve({ ...there }),
    mine: () => 'me',
    onSaved: () => undefined,
    onFailed: () => undefined,
  })
  const aside = async (body: string): Promise<void> => {
    await slow
    asides.push(body)
  }
  const choices = textChoices({ line, text, aside, onClean: () => undefined })
  return { there, asides, text, line, choices, cut: () => void (away = true), slowDown: (until: Promise<void>) => void (slow = until) }
}

/** A note that somebody else has written in while I did. */
async function conflict() {
  const one = note('א')
  one.text.value = 'שלי'
  Object.assign(one.there, { seq: 2, body: 'שלה', authorId: 'she' })
  await one.line.flush()
  return one
}

test('words that were found take the place of a text that the server has', async () => {
  const { text, there, line, choices } = note('א')
  text.value = 'אב'
  expect(await choices.take('נמצא', 'this')).toBe(true)
  expect([text.value, there.body]).toEqual(['נמצא', 'אב'])
  expect(await line.flush()).toBe(true)
})

test('without a network they do not take the place of words that are nowhere else; below them they do', async () => {
  const { text, choices, cut } = note('א')
  cut()
  text.value = 'רק כאן'
  expect(await choices.take('נמצא', 'this')).toBe(false)
  expect(text.value).toBe('רק כאן')
  expect(await choices.take('נמצא', 'both')).toBe(true)
  expect(text.value).toBe('רק כאן\n\nנמצא')
  text.value = 'נמ'
  expect(await choices.take('נמצא', 'this')).toBe(true) // every word of it stands in them
  expect(text.value).toBe('נמצא')
})

test('in a conflict they do not take the place of my text either', async () => {
  const { text, choices } = await conflict()
  expect(await choices.take('נמצא', 'this')).toBe(false)
  expect(text.value).toBe('שלי')
})

test('what is typed while a choice is on its way is in neither text: the choice is made anew', async () => {
  const { text, there, line, asides, choices, slowDown } = await conflict()
  let go = (): void => undefined
  slowDown(new Promise((resolve) => (go = resolve)))
  const chosen = choices.choose('שלה', 'שלי')
  text.value = 'שלי ועוד'
  go()
  expect(await chosen).toBe(false)
  expect([text.value, line.state.value, line.other.value?.body]).toEqual(['שלי ועוד', 'conflict', 'שלה'])
  expect(await choices.choose('שלה', 'שלי ועוד')).toBe(true)
  expect([text.value, there.body, line.state.value, asides]).toEqual(['שלה', 'שלה', 'saved', ['שלי', 'שלי ועוד']])
})

test('the same words are laid aside once, however often the choice is made', async () => {
  const { text, there, asides, choices } = await conflict()
  const chosen = choices.choose('שלי', 'שלה')
  text.value = 'שלי ועוד'
  expect(await chosen).toBe(false)
  expect(await choices.choose('שלי ועוד', 'שלה')).toBe(true)
  expect([there.body, asides]).toEqual(['שלי ועוד', ['שלה']])
})

test('both texts are kept time and again, and what both have never stands twice', async () => {
  const { text, there, line, choices } = note('שן 26 נפתחה ')
  for (let round = 1; round <= 30; round += 1) {
    Object.assign(there, { seq: there.seq + 1, body: `${there.body}\nשיננית${round} `, authorId: 'she' })
    text.value = `${text.value}מילה${round} `
    expect(await line.flush()).toBe(false)
    expect(await choices.choose(bothTexts(there.body, text.value), null)).toBe(true)
    expect([line.state.value, there.body]).toEqual(['saved', text.value])
  }
  expect(there.body.match(/שן 26/g)).toHaveLength(1)
  for (let round = 1; round <= 30; round += 1) expect(there.body.match(new RegExp(`(שיננית|מילה)${round} `, 'g')), String(round)).toHaveLength(2)
})

test('words that were found are joined to a text without what it already has', async () => {
  const { text, choices } = note('שן 26\nללא כאב')
  expect(await choices.take('שן 26\nהוראות ניתנו', 'both')).toBe(true)
  expect(text.value).toBe('שן 26\nללא כאב\nהוראות ניתנו')
})
