import { type AnswerSetting, findAnswerSetting, saveAnswerSetting } from '@yoman/db/visit-links/queries'
import { allow } from '@yoman/domain/access'
import { Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

export function answerSettings(ctx: Context): Promise<AnswerSetting> {
  allow(ctx.actor, 'settings.read')
  return read(ctx, findAnswerSetting)
}

/** Throws `stale_version`, `reference_unknown`. */
export async function setAnswerSettings(ctx: Context, wanted: AnswerSetting): Promise<AnswerSetting> {
  allow(ctx.actor, 'settings.write')
  return transact(ctx, async (tx) => {
    if (!(await saveAnswerSetting(tx, ctx.clinicId, wanted))) throw new Refusal('stale_version', { current: (await findAnswerSetting(tx)).version })
    await recordEvents(tx, ctx, [{ name: 'clinic.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { fields: ['patientAnswers'] } }])
    return findAnswerSetting(tx)
  })
}
