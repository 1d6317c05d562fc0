import { expect, test } from 'vitest'
import { nextTick, shallowRef } from 'vue'
import { ApiProblem } from '../request.ts'
import { useDraft } from './use-draft.ts'

interface Row {
  version: number
  name: string
}

function draftOf(first: Row | null) {
  const row = shallowRef(first)
  let renewals = 0
  const draft = useDraft(() => row.value, (from: Row | null) => ({ name: from?.name ?? '' }), () => (renewals += 1))
  return { row, draft, renewals: () => renewals }
}
const stale = (): Promise<Row> => Promise.reject(new ApiProblem(409, 'stale_version'))

test('an untouched form follows what others save', async () => {
  const { row, draft } = draftOf({ version: 1, name: 'חיפה' })
  row.value = { version: 2, name: 'עכו' }
  await nextTick()
  expect(draft.form.name).toBe('עכו')
  expect([draft.changed, draft.stale]).toEqual([false, false])
})

test('what was typed stays when somebody else saves, and the form says so', async () => {
  const { row, draft } = draftOf({ version: 1, name: 'חיפה' })
  draft.form.name = 'נשר'
  row.value = { version: 2, name: 'עכו' }
  await nextTick()
  expect(draft.form.name).toBe('נשר')
  expect(draft.stale).toBe(true)
})

test('a refused stale version keeps what was typed, fetches the newer row and is told once it is here', async () => {
  const { row, draft, renewals } = draftOf({ version: 1, name: 'חיפה' })
  draft.form.name = 'נשר'
  expect(await draft.save(stale)).toBe(false)
  expect([draft.form.name, draft.problem, renewals()]).toEqual(['נשר', '', 1])
  row.value = { version: 2, name: 'עכו' }
  await nextTick()
  expect(draft.stale).toBe(true)
})

test('keeping mine saves over the newer version', async () => {
  const { row, draft } = draftOf({ version: 1, name: 'חיפה' })
  draft.form.name = 'נשר'
  row.value = { version: 2, name: 'עכו' }
  draft.keepMine()
  const sent: unknown[] = []
  await draft.save((form, version) => {
    sent.push({ ...form, version })
    return Promise.resolve({ version: 3, name: form.name })
  })
  expect(sent).toEqual([{ name: 'נשר', version: 2 }])
  expect([draft.changed, draft.stale]).toEqual([false, false])
})

test('taking theirs forgets what was typed', async () => {
  const { row, draft } = draftOf({ version: 1, name: 'חיפה' })
  draft.form.name = 'נשר'
  row.value = { version: 2, name: 'עכו' }
  draft.takeTheirs()
  await nextTick()
  expect([draft.form.name, draft.changed, draft.stale]).toEqual(['עכו', false, false])
})

test('an older answer that arrives late does not turn a saved form back', async () => {
  const { row, draft } = draftOf({ version: 1, name: 'חיפה' })
  draft.form.name = 'נשר'
  await draft.save((form) => Promise.resolve({ version: 2, name: form.name }))
  row.value = { version: 1, name: 'חיפה' }
  await nextTick()
  expect(draft.form.name).toBe('נשר')
})

test('a refusal is told in words until something else is typed', async () => {
  const { draft } = draftOf(null)
  draft.form.name = 'x'
  await draft.save(() => Promise.reject(new ApiProblem(422, 'phone_invalid')))
  expect(draft.problem).toBe('מספר הטלפון אינו תקין.')
  draft.form.name = 'y'
  expect(draft.problem).toBe('')
})

test('a new row is saved as version 0', async () => {
  const { draft } = draftOf(null)
  draft.form.name = 'חדש'
  const versions: number[] = []
  await draft.save((form, version) => {
    versions.push(version)
    return Promise.resolve({ version: 1, name: form.name })
  })
  expect(versions).toEqual([0])
})
