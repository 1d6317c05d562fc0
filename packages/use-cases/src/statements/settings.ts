import { findStatementSetting, saveStatementSetting, type StatementSetting } from '@yoman/db/statements/settings'
import { allow } from '@yoman/domain/access'
import { Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

export function statementSetting(ctx: Context): Promise<StatementSetting> {
  allow(ctx.actor, 'settings.read')
  return read(ctx, findStatementSetting)
}

/** Who gets statements, and from which day of the month on, on top of `version`. Refuses `stale_version`. */
export async function changeStatementSetting(ctx: Context, setting: StatementSetting): Promise<StatementSetting> {
  allow(ctx.actor, 'settings.write')
  await transact(ctx, async (tx) => {
    if (!(await saveStatementSetting(tx, setting))) throw new Refusal('stale_version', { current: (await findStatementSetting(tx)).version })
    await recordEvents(tx, ctx, [{ name: 'statement.rules_changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { readers: setting.readers, day: setting.day } }])
  })
  return statementSetting(ctx)
}
