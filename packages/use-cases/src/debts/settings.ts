import { sumFirstReminders } from '@yoman/db/debts/reminders'
import { type DebtSetting, findDebtSetting, findDebtSteps, saveDebtSetting } from '@yoman/db/debts/settings'
import { allow } from '@yoman/domain/access'
import { type DebtStep, requireSteps } from '@yoman/domain/debts/steps'
import { Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import { groundOf } from './read.ts'

export type DebtRules = DebtSetting & { steps: DebtStep[] }

export function debtRules(ctx: Context): Promise<DebtRules> {
  allow(ctx.actor, 'settings.read')
  return read(ctx, async (db) => {
    const setting = await findDebtSetting(db)
    return { ...setting, steps: await findDebtSteps(db, setting) }
  })
}

/** Who would be reminded for the first time at once, if reminders began by these days: what an owner wants to know before. */
export function firstReminders(ctx: Context, days: { daysToPay: number; afterDays: number }): Promise<{ patients: number; totalAgorot: number }> {
  allow(ctx.actor, 'settings.write')
  return read(ctx, async (db) => sumFirstReminders(db, { ...days, today: (await groundOf(ctx, db)).today, now: ctx.now }))
}

/** Writes the term of payment and the steps on top of `version`. Refuses `debt_steps_order`, `stale_version`. */
export async function changeDebtRules(ctx: Context, { steps, ...setting }: DebtRules): Promise<DebtRules> {
  allow(ctx.actor, 'settings.write')
  requireSteps(steps)
  await transact(ctx, async (tx) => {
    if (!(await saveDebtSetting(tx, ctx.clinicId, setting, steps))) throw new Refusal('stale_version', { current: (await findDebtSetting(tx)).version })
    await recordEvents(tx, ctx, [{ name: 'debt.rules_changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { reminding: setting.reminding, daysToPay: setting.daysToPay, steps: steps.length } }])
  })
  return debtRules(ctx)
}
