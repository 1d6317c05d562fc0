import { allow } from '@yoman/domain/access'
import { NotFound } from '@yoman/domain/refusal'
import { setStaffLanguage } from '@yoman/db/staff/queries'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'

/** Everybody chooses the language of their own screens. */
export async function changeLanguage(ctx: Context, language: 'he' | 'en'): Promise<void> {
  allow(ctx.actor, 'session.own')
  const { staffId } = ctx.actor
  if (staffId === null) throw new NotFound('staff')
  await transact(ctx, async (tx) => {
    await setStaffLanguage(tx, staffId, language)
    await recordEvents(tx, ctx, [{ name: 'staff.changed', subject: { type: 'staff', id: staffId }, details: { fields: ['language'] } }])
  })
}
