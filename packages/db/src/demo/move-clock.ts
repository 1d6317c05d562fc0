import { sql } from 'kysely'
import type { Tx } from '../database.ts'

/** The channel on which all processes of a demo hear that the clock was moved; the payload is its new offset in milliseconds. */
export const demoClockChannel = 'demo_clock'

export async function writeClockOffset(tx: Tx, offsetMs: number): Promise<void> {
  await sql`with moved as (update demo_clock set offset_ms = ${offsetMs} returning 1) select pg_notify(${demoClockChannel}, ${String(offsetMs)}) from moved`.execute(tx)
}
