import { lockAppointment } from '@yoman/db/appointments/queries'
import { v7 as uuid } from 'uuid'
import { listAhead, loadReminderPolicy, replaceReminders } from '@yoman/db/reminders/plan'
import { visitsAheadOf, visitsAheadOfMerged } from '@yoman/db/reminders/wishes'
import { afterRuleChange, isReminded, planReminders } from '@yoman/domain/reminders/plan'
import type { Instant } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read, transact } from '../transact.ts'

const batch = 200

/**
 * Plans the reminders of all visits to come by the rules as they are now, so that a rule holds for whoever is booked already. Each
 * visit in a transaction of its own: the desk waits for one at most. @returns how many were planned anew.
 */
export async function replanReminders(ctx: Context): Promise<number> {
  let planned = 0
  let visits = await batchAfter(ctx, null)
  while (visits.length > 0) {
    for (const { id } of visits) planned += Number(await replanOne(ctx, id))
    visits = await batchAfter(ctx, visits.at(-1) ?? null)
  }
  return planned
}

/** The same for the visits of one patient who asked for something of their own. @param wishId the wish. */
export const replanForWish = async (ctx: Context, wishId: string): Promise<number> => replanVisits(ctx, await read(ctx, (db) => visitsAheadOf(db, wishId, ctx.now)))

/**
 * The same where two records became one, or two again: a visit's reminders follow the wish of whose it is now.
 * @param survivorId in whose record the other went on.
 */
export const replanForMerge = async (ctx: Context, survivorId: string): Promise<number> => replanVisits(ctx, await read(ctx, (db) => visitsAheadOfMerged(db, survivorId, ctx.now)))

async function replanVisits(ctx: Context, ids: readonly string[]): Promise<number> {
  let planned = 0
  for (const id of ids) planned += Number(await replanOne(ctx, id))
  return planned
}

const batchAfter = (ctx: Context, last: { id: string; starts_at: Instant } | null) =>
  read(ctx, (db) => listAhead(db, { now: ctx.now, after: last && { startsAt: last.starts_at, id: last.id }, limit: batch }))

/** False where the visit was cancelled or begun meanwhile. */
function replanOne(ctx: Context, id: string): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const appointment = await lockAppointment(tx, ctx.clinicId, id)
    if (!appointment || !isReminded(appointment.status)) return false
    const { rules, hours, wish } = await loadReminderPolicy(tx, ctx.clinicId, appointment.branchId, appointment.patientId)
    await replaceReminders(tx, ctx.clinicId, appointment, afterRuleChange(planReminders(appointment, rules, hours, ctx.now, wish)), uuid)
    return true
  })
}
