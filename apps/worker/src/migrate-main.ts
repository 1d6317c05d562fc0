import path from 'node:path'
import { readMigrateConfig } from '@yoman/db/config'
import { connect } from '@yoman/db/connect'
import { migrate } from '@yoman/db/migrate'
import { migrateQueues } from './migrate-queues.ts'

const { url } = readMigrateConfig(process.env)
const pool = connect({ url, role: null, max: 2, onError: (error) => console.error(error.message) })
try {
  const ran = await migrate(pool, path.resolve('migrations'), { onHindered: console.log })
  await migrateQueues(pool)
  console.log(ran.length ? `migrated: ${ran.join(', ')}` : 'the database is up to date')
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
  console.error(`${error instanceof Error ? error.message : error}${cause}`)
  process.exitCode = 1
} finally {
  await pool.end()
}
