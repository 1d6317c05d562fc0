import { sql } from 'kysely'
import type { Tx } from '../database.ts'

export interface LocksWanted {
  clinicId: string
  resourceIds: readonly string[]
  /**
   * Also all that may be chosen for the further needs of this kind of visit in this branch, and then its places too: what is
   * chosen after looking could otherwise come in the wrong order. `places`: its places in any case, where one of several is to
   * be chosen among others that are named.
   */
  anyFor?: { visitTypeId: string; branchId: string; places: boolean } | null
}

/**
 * Waits until nobody else is about to change what these resources are occupied for; held until the transaction ends. Everyone
 * locks people before places and each in the order of their ids, so two can never wait for each other. Without these locks a
 * plain insert that meets the exclusion constraint under contention falls into a cascade of deadlocks a minute long.
 */
export async function lockResources(tx: Tx, { clinicId, resourceIds, anyFor = null }: LocksWanted): Promise<void> {
  const chosen = anyFor ? candidates(clinicId, anyFor) : sql``
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${clinicId}::text || id::text, 0)) from (
      select id from resource where clinic_id = ${clinicId}::uuid and (id = any(${resourceIds}::uuid[])${chosen})
      order by kind <> 'practitioner', id) as in_order`.execute(tx)
}

const candidates = (clinicId: string, { visitTypeId, branchId, places }: { visitTypeId: string; branchId: string; places: boolean }) => sql`
        or id in (select need_candidates(${clinicId}::uuid, ${visitTypeId}::uuid, ${branchId}::uuid))
        or (branch_id = ${branchId}::uuid and kind = (select place_kind from visit_type where clinic_id = ${clinicId}::uuid and id = ${visitTypeId}::uuid)
          and (${places}::boolean or exists (select from visit_type_need where clinic_id = ${clinicId}::uuid and visit_type_id = ${visitTypeId}::uuid)))`
