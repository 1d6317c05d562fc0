import { sql } from 'kysely'
import type { PriceList } from '@yoman/domain/prices/price-list'
import type { Db, Tx } from '../database.ts'

export interface PriceListRow extends PriceList {
  prices: { priceItemId: string; priceAgorot: number }[]
  practitionerIds: string[]
  version: number
}

/** As Postgres builds one, from the alias `l`; prices only of `items` where they are named. */
export const listJson = (items: readonly string[] | null) => sql`jsonb_build_object('id', l.id, 'name', l.name, 'nameEn', l.name_en, 'branchId', l.branch_id, 'healthFund', l.health_fund,
  'validFrom', l.valid_from, 'validUntil', l.valid_until, 'active', l.active, 'shareBasisPoints', l.share_basis_points, 'roundToAgorot', l.round_to_agorot, 'version', l.version,
  'practitionerIds', coalesce((select jsonb_agg(p.practitioner_id order by p.practitioner_id) from price_list_practitioner p where p.clinic_id = l.clinic_id and p.price_list_id = l.id), '[]'),
  'prices', coalesce((select jsonb_agg(jsonb_build_object('priceItemId', i.price_item_id, 'priceAgorot', i.price_agorot) order by i.price_item_id)
    from price_list_item i where i.clinic_id = l.clinic_id and i.price_list_id = l.id and (${items}::uuid[] is null or i.price_item_id = any(${items}::uuid[]))), '[]'))`

/** All lists of the clinic, those out of use too, the oldest first. */
export async function findPriceLists(db: Db): Promise<PriceListRow[]> {
  const { rows } = await sql<{ row: PriceListRow }>`select ${listJson(null)} as row from price_list l where l.clinic_id = current_clinic() order by l.created_at, l.id`.execute(db)
  return rows.map(({ row }) => row)
}

export const findPriceList = async (db: Db, id: string): Promise<PriceListRow | undefined> =>
  (await sql<{ row: PriceListRow }>`select ${listJson(null)} as row from price_list l where l.clinic_id = current_clinic() and l.id = ${id}::uuid`.execute(db)).rows[0]?.row

/** What a list says is this and nothing else. The caller wrote the list's row in the same transaction. */
export async function replaceListContent(tx: Tx, clinicId: string, id: string, { practitionerIds, prices }: Pick<PriceList, 'practitionerIds' | 'prices'>): Promise<void> {
  await tx.deleteFrom('price_list_practitioner').where('price_list_id', '=', id).execute()
  await tx.deleteFrom('price_list_item').where('price_list_id', '=', id).execute()
  if (practitionerIds.length > 0) await tx.insertInto('price_list_practitioner').values(practitionerIds.map((practitioner_id) => ({ clinic_id: clinicId, price_list_id: id, practitioner_id }))).execute()
  if (prices.length > 0) await tx.insertInto('price_list_item').values(prices.map(({ priceItemId, priceAgorot }) => ({ clinic_id: clinicId, price_list_id: id, price_item_id: priceItemId, price_agorot: priceAgorot }))).execute()
}

/** The dated changes of a base price are these and no others. */
export async function replacePriceChanges(tx: Tx, clinicId: string, itemId: string, changes: readonly { from: string; priceAgorot: number }[]): Promise<void> {
  await tx.deleteFrom('price_change').where('price_item_id', '=', itemId).execute()
  if (changes.length > 0) await tx.insertInto('price_change').values(changes.map(({ from, priceAgorot }) => ({ clinic_id: clinicId, price_item_id: itemId, valid_from: from, price_agorot: priceAgorot }))).execute()
}
