import { testDatabase } from '@yoman/testing/database'
import { expect, it } from 'vitest'
import { QueuePool } from './queue-pool.ts'

const database = await testDatabase()

it('a connection that dies between two statements of who has it ends no process: the next statement fails', async () => {
  const pool = new QueuePool({ connectionString: database.superuserUrl, max: 2 })
  const client = await pool.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const gone = new Promise((resolve) => client.once('end', () => resolve(undefined)))
  await database.ownerPool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
  await gone
  await expect(client.query('select 1')).rejects.toThrow(/not queryable|closed/)
  client.release(true)
  expect((await pool.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }])
  await pool.end()
})
