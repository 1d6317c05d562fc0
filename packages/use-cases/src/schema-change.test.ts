import { findPatient } from '@yoman/db/patients/queries'
import { castContext, insertCast } from '@yoman/testing/cast'
import { testDatabase } from '@yoman/testing/database'
import { expect, test } from 'vitest'
import { read, transact } from './transact.ts'

const database = await testDatabase()
const cast = await insertCast(database.apiPool)
const ctx = castContext(cast, cast.hadar, 'receptionist', database.apiPool)
const look = () => read(ctx, (db) => findPatient(db, cast.hadar.patients.sara))
const write = () => transact(ctx, (tx) => findPatient(tx, cast.hadar.patients.sara))

test.each([['reads', look], ['writes', write]])('%s go on while a migration gives a table a new column', async (kind, work) => {
  // On every connection of the pool the statement is prepared for the old columns.
  await Promise.all(Array.from({ length: 10 }, work))
  await database.ownerPool.query(`alter table patient add column added_by_${kind} text`)
  const found = await Promise.all(Array.from({ length: 20 }, work))
  expect(found.map((row) => row?.id)).toEqual(Array.from({ length: 20 }, () => cast.hadar.patients.sara))
})
