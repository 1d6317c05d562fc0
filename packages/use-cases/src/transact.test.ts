import { testDatabase } from '@yoman/testing/database'
import { v7 as uuid } from 'uuid'
import { expect, it } from 'vitest'
import { read, readStill } from './transact.ts'

const database = await testDatabase()
const clinicId = uuid()
await database.db.insertInto('clinic').values({ id: clinicId, name: 'א', legal_name: 'א', language: 'he' }).execute()

it('looks that have to agree see one moment, others what stands when each looks', async () => {
  const scope = { pool: database.apiPool, clinicId }
  const nameNow = (name: string) => database.db.updateTable('clinic').set({ name }).where('id', '=', clinicId).execute()
  const twice = (how: typeof read) =>
    how(scope, async (db) => {
      const name = async () => (await db.selectFrom('clinic').select('name').executeTakeFirstOrThrow()).name
      const first = await name()
      await nameNow(`${first}+`)
      return [first, await name()]
    })
  expect(await twice(read)).toEqual(['א', 'א+'])
  expect(await twice(readStill)).toEqual(['א+', 'א+'])
})
