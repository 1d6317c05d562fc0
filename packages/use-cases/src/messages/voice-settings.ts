import { findVoiceSetting, saveVoiceSetting, type VoiceSetting } from '@yoman/db/messages/voice'
import { allow } from '@yoman/domain/access'
import { Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

export function voiceSettings(ctx: Context): Promise<VoiceSetting> {
  allow(ctx.actor, 'settings.read')
  return read(ctx, findVoiceSetting)
}

/** From which number the system calls, and what a call costs; without a number what waits goes on by the next way of its rule. Throws `stale_version`. */
export function setVoiceSettings(ctx: Context, wanted: VoiceSetting): Promise<VoiceSetting> {
  allow(ctx.actor, 'settings.write')
  return transact(ctx, async (tx) => {
    if (!(await saveVoiceSetting(tx, wanted))) throw new Refusal('stale_version', { current: (await findVoiceSetting(tx)).version })
    await recordEvents(tx, ctx, [{ name: 'clinic.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { fields: ['voice'] } }])
    return findVoiceSetting(tx)
  })
}
