import { findWaitlistSetting, saveWaitlistSetting, type WaitlistSetting } from '@yoman/db/waitlist/setting'
import { allow } from '@yoman/domain/access'
import { Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

export function waitlistSettings(ctx: Context): Promise<WaitlistSetting> {
  allow(ctx.actor, 'settings.read')
  return read(ctx, findWaitlistSetting)
}

/** Throws `stale_version`. */
export async function setWaitlistSettings(ctx: Context, wanted: WaitlistSetting): Promise<WaitlistSetting> {
  allow(ctx.actor, 'settings.write')
  return transact(ctx, async (tx) => {
    if (!(await saveWaitlistSetting(tx, wanted))) throw new Refusal('stale_version', { current: (await findWaitlistSetting(tx)).version })
    await recordEvents(tx, ctx, [{ name: 'clinic.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { fields: ['offerMinutes', 'offerNext'] } }])
    return findWaitlistSetting(tx)
  })
}
