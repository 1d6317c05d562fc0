import type { Db } from '../database.ts'

/** How far the demo's clock stands from the machine's, in milliseconds. Read only by processes that were told they are a demo. */
export async function readClockOffset(db: Db): Promise<number> {
  const { offset_ms } = await db.selectFrom('demo_clock').select('offset_ms').executeTakeFirstOrThrow()
  return offset_ms
}
