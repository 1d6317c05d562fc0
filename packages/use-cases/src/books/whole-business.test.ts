import { castContext, insertCast } from '@yoman/testing/cast'
import { testDatabase } from '@yoman/testing/database'
import { expect, test } from 'vitest'
import { pageOfBookExports } from './read.ts'

const database = await testDatabase()
const cast = await insertCast(database.apiPool)
const accountant = castContext(cast, cast.hadar, 'accountant', database.apiPool)

test('the books are of the whole dealer: an accountant of one branch reads none of them', async () => {
  expect((await pageOfBookExports(accountant, {})).items).toEqual([])
  const ofOneBranch = { ...accountant, actor: { ...accountant.actor, branchIds: [cast.hadar.branches.north] } }
  await expect(pageOfBookExports(ofOneBranch, {})).rejects.toMatchObject({ permission: 'books.export' })
})
