import { overbookingReport } from '@yoman/db/overbookings/report'
import { allow } from '@yoman/domain/access'
import { Refusal } from '@yoman/domain/refusal'
import { plainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'

const longestDays = 400

/** Visits that were booked over others from one date to another (both included), and how late the days ran. Throws `too_long`. */
export async function readOverbookings(ctx: Context, dates: { from: string; to: string }) {
  allow(ctx.actor, 'overbooking.read')
  if (plainDate(dates.from).until(plainDate(dates.to)).total('days') > longestDays) throw new Refusal('too_long')
  return read(ctx, (db) => overbookingReport(db, ctx.clinicId, dates))
}
