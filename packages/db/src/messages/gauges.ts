import { sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'

/** Numbers of the whole installation that /metrics shows. */
export const gaugeNames = ['waiting', 'overdue', 'sending', 'unknown', 'doubled'] as const
export type GaugeName = (typeof gaugeNames)[number]

/**
 * Counts the messages of all clinics that are not final, and those that were ever carried twice, and keeps the numbers for whoever
 * watches. Only where row-level security lets one walk over all clinics. @param now the business clock. @param lateMinutes how long after the moment at which it was to leave first a message counts as overdue.
 */
export async function measureSending(tx: Tx, now: Instant, machineNow: Instant, lateMinutes: number): Promise<void> {
  await sql`insert into sending_gauge (name, value, measured_at)
    select g.name, g.value, ${machineNow} from (values
      ('waiting', (select count(*) from message where state = 'queued' and not_before <= ${now})),
      ('overdue', (select count(*) from message where state = 'queued' and coalesce(held_since, not_before) <= ${now.subtract({ minutes: lateMinutes })})),
      ('sending', (select count(*) from message where state = 'sending')),
      ('unknown', (select count(*) from message where state = 'unknown')),
      ('doubled', (select count(*) from message where doubled_at is not null))) as g (name, value)
    on conflict (name) do update set value = excluded.value, measured_at = excluded.measured_at`.execute(tx)
}

/** The last numbers, as long as somebody measured them since `since`; those of a worker that is gone are no numbers. */
export async function readGauges(db: Db, since: Instant): Promise<Map<string, number>> {
  const rows = await db.selectFrom('sending_gauge').select(['name', 'value']).where('measured_at', '>=', since).execute()
  return new Map(rows.map(({ name, value }) => [name, Number(value)]))
}
