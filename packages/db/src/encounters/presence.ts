import { sql } from 'kysely'
import { liveChannel } from '../audit/record.ts'
import type { Tx } from '../database.ts'

/** Who is in a note right now, as the screens tell each other. Nothing of it is kept. */
export interface PresenceNotice {
  clinic: string
  name: 'presence.here' | 'presence.gone'
  type: 'encounter'
  id: string | null
  patient: null
  branch: null
  session: string | null
  presence: { tab: string; line: string; staffId: string; doing: 'reading' | 'writing' | 'left'; since: string; seq: number; asks: boolean } | { line: string }
}

/** Tells it to every API process at the commit: the payload holds ids and times alone. */
export async function tellPresence(tx: Tx, notice: PresenceNotice): Promise<void> {
  await sql`select pg_notify(${liveChannel}, ${JSON.stringify(notice)})`.execute(tx)
}
