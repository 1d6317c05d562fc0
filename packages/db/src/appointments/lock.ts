import { sql } from 'kysely'
import type { Tx } from '../database.ts'

export interface LocksWanted {
  clinicId: string
  resourceIds: readonly string[]
  /** Also every place of the kind that this visit needs in this branch: where one of several is to be chosen among others that are named. */
  anyPlaceFor?: { visitTypeId: string; branchId: string } | null
}

/**
 * Waits until nobody else is about to change what these resources are occupied for; held until the transaction ends. Everyone
 * locks people before places and each in the order of their ids, so two can never wait for each other. Without these locks a
 * plain insert that meets the exclusion constraint under contention falls into a cascade of deadlocks a minute long.
 */
export async function lockResources(tx: Tx, { clinicId, resourceIds, anyPlaceFor = null }: LocksWanted): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${clinicId}::text || id::text, 0)) from (
      select id from resource where clinic_id = ${clinicId}::uuid and (id = any(${resourceIds}::uuid[])
        or (branch_id = ${anyPlaceFor?.branchId ?? null}::uuid
          and kind = (select place_kind from visit_type where clinic_id = ${clinicId}::uuid and id = ${anyPlaceFor?.visitTypeId ?? null}::uuid)))
      order by kind <> 'practitioner', id) as in_order`.execute(tx)
}
