import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { Refusal } from '@yoman/domain/refusal'
import { castContext, type Cast, insertCast } from '@yoman/testing/cast'
import { makeDatabase, type TestDatabase } from '@yoman/testing/database'
import { expect, test } from 'vitest'
import { approveMerge, undoMerge } from './decide.ts'
import { everyRow, fillRecord } from './every-row.fixture.ts'
import { proposeMerge } from './propose.ts'

type Step = { merge: [survivor: number, merged: number] } | { undo: number }
const patient = fc.nat(5)
const steps = fc.array(fc.oneof({ weight: 3, arbitrary: fc.tuple(patient, patient).map((merge): Step => ({ merge })) }, { weight: 2, arbitrary: fc.nat(20).map((undo): Step => ({ undo })) }), { minLength: 1, maxLength: 9 })

test('any sequence of merges and undos, undone to its end, gives back what was: every row of every table', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(1_000), async (sequence, order) => {
      const database = await makeDatabase()
      try {
        await play(database, sequence, order)
      } finally {
        await database.drop()
      }
    }),
    { numRuns: 8 },
  )
}, 180_000)

test('an undo that a later merge of other people is in the way of is refused, and done once that one is undone', async () => {
  // Found by the property above: 4 and 5 both know 2 and 3. With 4 in 5 and then 2 in 3, what 4 goes back to is taken by its own relation to 2.
  const database = await makeDatabase()
  try {
    await play(database, [{ merge: [4, 0] }, { merge: [5, 4] }, { merge: [3, 2] }, { merge: [0, 0] }], 0)
  } finally {
    await database.drop()
  }
})

async function play(database: TestDatabase, sequence: readonly Step[], order: number): Promise<void> {
  const { cast, ids } = await filledClinic(database)
  const before = await everyRow(database, cast, cast.hadar)
  const standing: string[] = []
  for (const step of sequence) {
    if ('merge' in step) {
      const [survivorId = '', mergedId = ''] = step.merge.map((one) => ids[one])
      const id = await refusedOr(() => mergeNow(database, cast, survivorId, mergedId))
      if (id) standing.push(id)
    } else if (standing.length > 0) {
      await undoOne(database, cast, standing, step.undo)
    }
  }
  const merged = standing.length > 0
  if (merged) expect(await everyRow(database, cast, cast.hadar)).not.toEqual(before)
  while (standing.length > 0) await undoOne(database, cast, standing, order + standing.length)
  expect(await everyRow(database, cast, cast.hadar)).toEqual(before)
}

/** Undoes one of those that stand; where a later one has to go first, the next. */
async function undoOne(database: TestDatabase, cast: Cast, standing: string[], from: number): Promise<void> {
  for (let tried = 0; tried < standing.length; tried += 1) {
    const at = (from + tried) % standing.length
    const done = await refusedOr(() => undoMerge(castContext(cast, cast.hadar, 'doctor', database.apiPool), standing[at] ?? ''))
    if (done) return void standing.splice(at, 1)
  }
  throw new Error('the last of several merges can always be undone')
}

async function mergeNow(database: TestDatabase, cast: Cast, survivorId: string, mergedId: string): Promise<string> {
  const id = uuid()
  await proposeMerge(castContext(cast, cast.hadar, 'receptionist', database.apiPool), { id, survivorId, mergedId, choices: { phones: 'merged', birthDate: 'merged', identifier: 'merged' }, reason: '' })
  await approveMerge(castContext(cast, cast.hadar, 'doctor', database.apiPool), id)
  return id
}

async function refusedOr<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

async function filledClinic(database: TestDatabase) {
  const cast = await insertCast(database.apiPool)
  const ids = Object.values(cast.hadar.patients)
  for (const id of ids) await fillRecord(database, cast.hadar, id, ids.filter((other) => other !== id).slice(0, 3))
  return { cast, ids }
}
