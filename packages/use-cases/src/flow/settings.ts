import { type FlowSettingRow, listFlowSettings, saveFlowSetting } from '@yoman/db/flow/queries'
import { allow, allowIn } from '@yoman/domain/access'
import type { FlowSetting } from '@yoman/domain/flow/flow'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

/** Of every branch of the clinic. */
export async function readFlowSettings(ctx: Context): Promise<FlowSettingRow[]> {
  allow(ctx.actor, 'settings.read')
  return read(ctx, (db) => listFlowSettings(db))
}

/** How the waiting room of one branch is run from now on. Throws `stale_version`, `NotFound`. */
export async function changeFlowSetting(ctx: Context, branchId: string, given: FlowSetting & { version: number }): Promise<FlowSettingRow> {
  allowIn(ctx.actor, 'settings.write', branchId)
  return transact(ctx, async (tx) => {
    const [before] = await listFlowSettings(tx, branchId)
    if (!before) throw new NotFound('branch')
    if (!(await saveFlowSetting(tx, ctx.clinicId, { ...given, branchId }))) throw new Refusal('stale_version', { current: before.version })
    const fields = (['waitingMinutes', 'lateMinutes', 'screenNames'] as const).filter((field) => before[field] !== given[field])
    await recordEvents(tx, ctx, [{ name: 'branch.changed', subject: { type: 'branch', id: branchId }, branchId, details: { fields } }])
    const [after] = await listFlowSettings(tx, branchId)
    if (!after) throw new NotFound('branch')
    return after
  })
}
