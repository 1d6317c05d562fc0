import { zoneOfBranch } from '@yoman/db/appointments/queries'
import { findVoiceSetting } from '@yoman/db/messages/voice'
import { monthNumbers } from '@yoman/db/reminders/numbers'
import { findReminderSetting } from '@yoman/db/reminders/settings'
import { allowIn } from '@yoman/domain/access'
import { NotFound } from '@yoman/domain/refusal'
import { dateIn, dayPeriod } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'

const monthsBack = 12

/** A branch month by month, this one and twelve before it, the latest first; costs in agorot, by today's price. Throws `NotFound`. */
export async function reminderNumbers(ctx: Context, branchId: string) {
  allowIn(ctx.actor, 'message.read', branchId)
  return read(ctx, async (db) => {
    const zone = await zoneOfBranch(db, ctx.clinicId, branchId)
    if (!zone) throw new NotFound('branch')
    const first = dateIn(zone, ctx.now).with({ day: 1 }).subtract({ months: monthsBack })
    const [months, { smsPartPrice }, { callPrice }] = await Promise.all([monthNumbers(db, branchId, zone, dayPeriod(zone, first).start, ctx.now), findReminderSetting(db), findVoiceSetting(db)])
    return months.map((month) => ({ ...month, cost: smsPartPrice === null ? null : Math.round((month.parts * smsPartPrice) / 10), callCost: callPrice === null ? null : Math.round((month.calls * callPrice) / 10) }))
  })
}
