import { type DiscountSetting, findDiscountSetting, saveDiscountSetting } from '@yoman/db/discounts/queries'
import { allow } from '@yoman/domain/access'
import { Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

/** How much each role may take off a line, and the reasons that the clinic offers. */
export function discountSetting(ctx: Context): Promise<DiscountSetting> {
  allow(ctx.actor, 'settings.read')
  return read(ctx, (db) => findDiscountSetting(db))
}

/** Writes limits and reasons on top of `version`; a reason that is written twice is one. Refuses `stale_version`. */
export function changeDiscountSetting(ctx: Context, { limits, reasons, version }: DiscountSetting): Promise<DiscountSetting> {
  allow(ctx.actor, 'settings.write')
  const said = [...new Set(reasons.map((reason) => reason.trim()).filter((reason) => reason !== ''))]
  return transact(ctx, async (tx) => {
    if (!(await saveDiscountSetting(tx, { limits, reasons: said, version }))) throw new Refusal('stale_version', { current: (await findDiscountSetting(tx)).version })
    await recordEvents(tx, ctx, [{ name: 'discount.rules_changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { ...limits, reasons: said.length } }])
    return findDiscountSetting(tx)
  })
}
