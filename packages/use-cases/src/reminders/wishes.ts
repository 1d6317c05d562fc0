import { findPatient } from '@yoman/db/patients/queries'
import { findWish, saveWish, type WishRow } from '@yoman/db/reminders/wishes'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { plainTime } from '@yoman/domain/time'
import { v7 as uuid } from 'uuid'
import type { Db } from '@yoman/db/database'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

export interface WishTyped {
  reminders: 'usual' | 'email' | 'none'
  extra: { daysBefore: number; atTime: string } | null
}

export type KnownWish = (WishRow & { by_name: string }) | null

/** What a patient asked for about reminders; null where they asked for nothing. Throws `NotFound`. */
export function reminderWish(ctx: Context, patientId: string): Promise<KnownWish> {
  allow(ctx.actor, 'patient.read')
  return read(ctx, async (db) => {
    if (!(await findPatient(db, patientId))) throw new NotFound('patient')
    return knownWish(db, ctx, patientId)
  })
}

/** Writes it down; the visits to come follow within a minute. Throws `NotFound`, `stale_version`, `reminder_wish_contradicts`. */
export function wishReminders(ctx: Context, patientId: string, version: number, { reminders, extra }: WishTyped): Promise<KnownWish> {
  allow(ctx.actor, 'patient.write')
  if (reminders === 'none' && extra !== null) throw new Refusal('reminder_wish_contradicts')
  return transact(ctx, async (tx) => {
    if (!(await findPatient(tx, patientId))) throw new NotFound('patient')
    const by = ctx.actor.staffId
    if (by === null) throw new NotFound('staff')
    const row = {
      clinic_id: ctx.clinicId, id: uuid(), patient_id: patientId, reminders,
      extra_days_before: extra?.daysBefore ?? null, extra_at_time: extra ? plainTime(extra.atTime) : null, written_by: by, written_at: ctx.now,
    }
    const saved = await saveWish(tx, version, row)
    const wish = await knownWish(tx, ctx, patientId)
    if (!saved || wish === null) throw new Refusal('stale_version', { current: wish?.version ?? 0 })
    await recordEvents(tx, ctx, [{ name: 'reminder_wish.changed', subject: { type: 'reminder_wish', id: wish.id }, patientId, details: { reminders, extra: extra !== null } }])
    return wish
  })
}

async function knownWish(db: Db, { clinicId }: Context, patientId: string): Promise<KnownWish> {
  const wish = await findWish(db, clinicId, patientId)
  if (!wish) return null
  const { name } = await db.selectFrom('staff').select('name').where('clinic_id', '=', clinicId).where('id', '=', wish.written_by).executeTakeFirstOrThrow()
  return { ...wish, by_name: name }
}
