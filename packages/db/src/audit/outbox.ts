import { sql } from 'kysely'
import type { EventName } from '@yoman/domain/events'
import type { Instant } from '@yoman/domain/time'
import type { Tx } from '../database.ts'

export interface OutboxEntry {
  clinicId: string
  eventId: string
  name: EventName
  subjectId: string
}

/**
 * Takes the oldest events that no relay holds, of all clinics; several relays side by side take different ones. A relay
 * that dies with them loses them at `until`. Both times are the machine's clock.
 */
export async function takeOutbox(tx: Tx, now: Instant, until: Instant, limit: number): Promise<OutboxEntry[]> {
  const { rows } = await sql<OutboxEntry>`
    with next as (select clinic_id, event_id from outbox where taken_until is null or taken_until <= ${now}
      order by created_at limit ${limit} for update skip locked)
    update outbox o set taken_until = ${until} from next
    where o.clinic_id = next.clinic_id and o.event_id = next.event_id
    returning o.clinic_id as "clinicId", o.event_id as "eventId", o.name, o.subject_id as "subjectId"
  `.execute(tx)
  return rows
}

/** Done: nobody has to hear of it any more. With its clinic, by the key: without it each one would read the whole outbox. */
export async function dropFromOutbox(tx: Tx, { clinicId, eventId }: Pick<OutboxEntry, 'clinicId' | 'eventId'>): Promise<void> {
  await sql`delete from outbox where clinic_id = ${clinicId} and event_id = ${eventId}`.execute(tx)
}
