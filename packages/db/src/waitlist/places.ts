import { type Selectable, sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { WaitlistPlaceTable } from './table.ts'

export type PlaceRow = Selectable<WaitlistPlaceTable>

export interface NewPlace {
  id: string
  branchId: string
  practitionerId: string
  startsAt: Instant
  endsAt: Instant
}

/** Remembers that a place came free, where somebody of the branch waits. The same place again counts as freed anew. @returns its id; undefined where nobody waits. */
export async function insertPlace(tx: Tx, place: NewPlace, now: Instant): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into waitlist_place (clinic_id, id, branch_id, practitioner_id, starts_at, ends_at, freed_at)
    select current_clinic(), ${place.id}::uuid, ${place.branchId}::uuid, ${place.practitionerId}::uuid, ${place.startsAt}::timestamptz, ${place.endsAt}::timestamptz, ${now}::timestamptz
    where exists (select from waitlist_entry e where e.clinic_id = current_clinic() and e.branch_id = ${place.branchId}::uuid and e.status = 'open')
    on conflict on constraint waitlist_place_once do update set ends_at = excluded.ends_at, freed_at = excluded.freed_at, dismissed_at = null, branch_id = excluded.branch_id
    returning id`.execute(tx)
  return rows[0]?.id
}

/** Places to come that nobody has taken again or put aside, the soonest first. A hold takes a place as well while it lasts. */
export async function listFreePlaces(db: Db, branchId: string, now: Instant, limit: number): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`
    select f.* from waitlist_place f
    where f.clinic_id = current_clinic() and f.branch_id = ${branchId} and f.dismissed_at is null and f.starts_at > ${now}::timestamptz
      and not exists (select from allocation a join appointment o on o.clinic_id = a.clinic_id and o.id = a.appointment_id
        where a.clinic_id = f.clinic_id and a.resource_id = f.practitioner_id and a.occupies
          and a.starts_at <= f.starts_at and a.starts_at > f.starts_at - interval '1 day' and a.ends_at > f.starts_at
          and (o.status <> 'held' or o.hold_expires_at > ${now}::timestamptz))
    order by f.starts_at, f.id limit ${limit}`.execute(db)
  return rows
}

/** Puts a place aside. @returns its row; undefined where there is none. */
export const dismissPlace = (tx: Tx, id: string, now: Instant): Promise<PlaceRow | undefined> =>
  tx.updateTable('waitlist_place').set({ dismissed_at: now }).where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).returningAll().executeTakeFirst()
