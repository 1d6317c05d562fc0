import type { Db } from '@yoman/db/database'
import { type SendingSetting, type Troubles, findSendingSetting, partsSince, saveSendingSetting, troublesSince, zoneOfClinic } from '@yoman/db/messages/sending'
import { allow } from '@yoman/domain/access'
import { accountCodes } from '@yoman/domain/messages/sms-codes'
import { Refusal } from '@yoman/domain/refusal'
import { dateIn, dayPeriod } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

export function sendingSettings(ctx: Context) {
  allow(ctx.actor, 'settings.read')
  return read(ctx, (db) => withParts(db, ctx))
}

/** Throws `stale_version`. */
export function setSendingSettings(ctx: Context, wanted: SendingSetting) {
  allow(ctx.actor, 'settings.write')
  return transact(ctx, async (tx) => {
    if (!(await saveSendingSetting(tx, wanted))) throw new Refusal('stale_version', { current: (await findSendingSetting(tx)).version })
    await recordEvents(tx, ctx, [{ name: 'clinic.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { fields: ['smsADay', 'smsAMinute'] } }])
    return withParts(tx, ctx)
  })
}

/** What hindered messages in the last 24 hours. */
export function sendingTroubles(ctx: Context): Promise<Troubles> {
  allow(ctx.actor, 'message.read')
  return read(ctx, (db) => troublesSince(db, accountCodes, ctx.now.subtract({ hours: 24 })))
}

async function withParts(db: Db, ctx: Context) {
  const [setting, zone] = [await findSendingSetting(db), await zoneOfClinic(db)]
  return { ...setting, partsToday: await partsSince(db, dayPeriod(zone, dateIn(zone, ctx.now)).start) }
}
