import type { Tx } from '@yoman/db/database'
import { replacePriceChanges } from '@yoman/db/prices/lists'
import { saveVersion } from '@yoman/db/save-version'
import { findPriceItem, type PriceItemRow } from '@yoman/db/settings/queries'
import { allow } from '@yoman/domain/access'
import { checkPriceChanges } from '@yoman/domain/prices/check-list'
import type { PriceChange } from '@yoman/domain/prices/price-list'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'

export interface PriceFields {
  code: string
  name: string
  nameEn: string
  /** Agorot with VAT, until the first of the changes. */
  priceAgorot: number
  /** Unset: as they are. */
  changes?: readonly PriceChange[] | undefined
}

/** A repeated request finds its own row. Throws `price_code_taken`, `price_twice`, `id_taken`. */
export async function createPriceItem(ctx: Context, given: PriceFields & { id: string }): Promise<PriceItemRow> {
  allow(ctx.actor, 'settings.write')
  checkPriceChanges(given.changes ?? [])
  return transact(ctx, async (tx) => {
    const mine = await findPriceItem(tx, given.id)
    if (mine && mine.code !== given.code) throw new Refusal('id_taken')
    if (mine) return mine
    const { id, code, name, nameEn, priceAgorot } = given
    await tx.insertInto('price_item').values({ clinic_id: ctx.clinicId, id, code, name, name_en: nameEn, price_agorot: priceAgorot }).execute()
    await replacePriceChanges(tx, ctx.clinicId, id, given.changes ?? [])
    return answer(tx, ctx, id)
  })
}

/** Throws `stale_version`, `price_code_taken`, `price_twice`. Documents keep the prices they were issued with. */
export async function changePriceItem(ctx: Context, id: string, { version, changes, ...fields }: PriceFields & { version: number; active: boolean }): Promise<PriceItemRow> {
  allow(ctx.actor, 'settings.write')
  checkPriceChanges(changes ?? [])
  return transact(ctx, async (tx) => {
    await saveVersion(tx, 'price_item', id, version, fields)
    if (changes) await replacePriceChanges(tx, ctx.clinicId, id, changes)
    return answer(tx, ctx, id)
  })
}

async function answer(tx: Tx, ctx: Context, id: string): Promise<PriceItemRow> {
  const row = await findPriceItem(tx, id)
  if (!row) throw new NotFound('price_item')
  await recordEvents(tx, ctx, [{ name: 'price_item.changed', subject: { type: 'price_item', id }, details: { version: row.version } }])
  return row
}
