import type { Tx } from '@yoman/db/database'
import { findPriceList, findPriceLists, type PriceListRow, replaceListContent } from '@yoman/db/prices/lists'
import { saveVersion } from '@yoman/db/save-version'
import { allow } from '@yoman/domain/access'
import { checkPriceList } from '@yoman/domain/prices/check-list'
import type { PriceList } from '@yoman/domain/prices/price-list'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

export type PriceListFields = Omit<PriceList, 'id' | 'active'>

/** All price lists, those out of use too. */
export function listPriceLists(ctx: Context): Promise<PriceListRow[]> {
  allow(ctx.actor, 'settings.read')
  return read(ctx, findPriceLists)
}

/** A repeated request finds its own list. Throws `price_list_dates_wrong`, `price_twice`, `reference_unknown`, `id_taken`. */
export function createPriceList(ctx: Context, { id, ...fields }: PriceListFields & { id: string }): Promise<PriceListRow> {
  allow(ctx.actor, 'settings.write')
  checkPriceList(fields)
  return transact(ctx, async (tx) => {
    const mine = await findPriceList(tx, id)
    if (mine && mine.name !== fields.name) throw new Refusal('id_taken')
    if (mine) return mine
    await tx
      .insertInto('price_list')
      .values({
        clinic_id: ctx.clinicId, id, name: fields.name, name_en: fields.nameEn, branch_id: fields.branchId, health_fund: fields.healthFund, valid_from: fields.validFrom,
        valid_until: fields.validUntil, share_basis_points: fields.shareBasisPoints, round_to_agorot: fields.roundToAgorot, created_at: ctx.now,
      })
      .execute()
    await replaceListContent(tx, ctx.clinicId, id, fields)
    return answer(tx, ctx, id)
  })
}

/** What was done and what was agreed keep their prices. Throws `stale_version` and what `createPriceList` throws. */
export function changePriceList(ctx: Context, id: string, { version, practitionerIds, prices, ...changes }: PriceListFields & { version: number; active: boolean }): Promise<PriceListRow> {
  allow(ctx.actor, 'settings.write')
  checkPriceList({ ...changes, prices })
  return transact(ctx, async (tx) => {
    await saveVersion(tx, 'price_list', id, version, changes)
    await replaceListContent(tx, ctx.clinicId, id, { practitionerIds, prices })
    return answer(tx, ctx, id)
  })
}

async function answer(tx: Tx, ctx: Context, id: string): Promise<PriceListRow> {
  const row = await findPriceList(tx, id)
  if (!row) throw new NotFound('price_list')
  await recordEvents(tx, ctx, [{ name: 'price_list.changed', subject: { type: 'price_list', id }, details: { version: row.version } }])
  return row
}
