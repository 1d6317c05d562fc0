import { sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Tx } from '../database.ts'

/** Holds of the clinic whose time is up, kept for this transaction; those that somebody else has in hand are left to them. What is offered to patients ends with its offers. */
export async function lockExpiredHolds(tx: Tx, now: Instant, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from appointment h where clinic_id = current_clinic() and status = 'held' and hold_expires_at <= ${now}
      and not exists (select from waitlist_offer o where o.clinic_id = h.clinic_id and o.hold_id = h.id and o.status = 'open')
    order by hold_expires_at limit ${limit} for update skip locked
  `.execute(tx)
  return rows.map((row) => row.id)
}
