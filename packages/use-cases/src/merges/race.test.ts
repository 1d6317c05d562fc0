import { v7 as uuid } from 'uuid'
import { castContext, insertCast } from '@yoman/testing/cast'
import { testDatabase } from '@yoman/testing/database'
import { expect, test } from 'vitest'
import { recordConsent } from '../consents/record.ts'
import { approveMerge, undoMerge } from './decide.ts'
import { proposeMerge } from './propose.ts'

const database = await testDatabase()
const cast = await insertCast(database.apiPool)
const { hadar } = cast
const as = (who: 'receptionist' | 'doctor' | 'owner') => castContext(cast, hadar, who, database.apiPool)
const propose = async (survivorId: string, mergedId: string): Promise<string> => {
  const id = uuid()
  await proposeMerge(as('receptionist'), { id, survivorId, mergedId, choices: {}, reason: '' })
  return id
}
const codes = (outcomes: readonly PromiseSettledResult<unknown>[]) =>
  outcomes.map((one) => (one.status === 'fulfilled' ? 'done' : (one.reason as { code?: string }).code)).sort()

test('of several who approve in one moment one merges, and the others are told', async () => {
  const id = await propose(hadar.patients.sara, hadar.patients.olga)
  const outcomes = await Promise.allSettled([approveMerge(as('doctor'), id), approveMerge(as('owner'), id), approveMerge(as('doctor'), id), approveMerge(as('owner'), id)])
  expect(codes(outcomes)).toEqual(['done', 'merge_decided', 'merge_decided', 'merge_decided'])
  await undoMerge(as('owner'), id)
})

test('of two undos in one moment one undoes', async () => {
  const id = await propose(hadar.patients.sara, hadar.patients.olga)
  await approveMerge(as('doctor'), id)
  expect(codes(await Promise.allSettled([undoMerge(as('doctor'), id), undoMerge(as('owner'), id)]))).toEqual(['done', 'merge_not_standing'])
})

test('a into b and b into a, approved at once, leave one record and no circle', async () => {
  const { john, ahmad } = hadar.patients
  const one = await propose(john, ahmad)
  await expect(propose(ahmad, john)).rejects.toMatchObject({ code: 'merge_proposed' })
  const outcomes = await Promise.allSettled([approveMerge(as('doctor'), one), propose(john, hadar.patients.rivka).then((id) => approveMerge(as('owner'), id))])
  expect(codes(outcomes)).toEqual(['done', 'done'])
  const alone = await database.db.selectFrom('patient').select('id').where('id', 'in', [john, ahmad, hadar.patients.rivka]).where('merged_into', 'is', null).execute()
  expect(alone).toEqual([{ id: john }])
})

test('what is written for a record while it is being merged ends with the one that lives on', async () => {
  const { sara, noam } = hadar.patients
  const id = await propose(sara, noam)
  const write = () => recordConsent(as('receptionist'), noam, { id: uuid(), channel: 'phone', purpose: 'service', state: 'given', source: 'desk', evidence: '' })
  await Promise.all([write(), approveMerge(as('doctor'), id), write(), write()])
  await write()
  const owners = await database.db.selectFrom('consent').select('patient_id').where('clinic_id', '=', hadar.id).where('channel', '=', 'phone').execute()
  expect(owners.map(({ patient_id }) => patient_id)).toEqual([sara, sara, sara, sara])
})
