import { runMigrations } from 'bullmq'
import type { Pool } from '@yoman/db/connect'

/**
 * Brings the queue's own schema (`bullmq`) to the version this worker speaks, as the owner; many may start at once. Runs
 * also where Redis carries the queue, so that going back to Postgres is a matter of one setting.
 */
export async function migrateQueues(pool: Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await runMigrations(client)
    // BullMQ makes a sequence for each queue when the first job comes, hence `create`.
    await client.query(`
      grant usage, create on schema bullmq to yoman_worker;
      grant select, insert, update, delete on all tables in schema bullmq to yoman_worker;
      grant usage, select, update on all sequences in schema bullmq to yoman_worker;
      grant execute on all functions in schema bullmq to yoman_worker;
    `)
  } finally {
    client.release()
  }
}
