import { v7 as uuid } from 'uuid'
import { insertMessage } from '@yoman/db/messages/queries'
import { findSender } from '@yoman/db/messages/visit-facts'
import type { Db, Tx } from '@yoman/db/database'
import { activeBranches, type BranchNow, checksOf, countLate, insertCheck, owners } from '@yoman/db/reminders/checks'
import { allowIn } from '@yoman/domain/access'
import { checkFromHour, isNews } from '@yoman/domain/reminders/nightly'
import { type PlainDate, dateIn, plainDate, timeIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import { outlookAhead, type PartsOf } from './forecast.ts'

/** What an owner is told, before it has words: numbers and never a name. */
export type AlarmToSay = { language: 'he' | 'en'; clinicName: string } & (
  | { what: 'late'; late: number }
  | { what: 'check'; branchName: string; silentPatients: number; unplanned: number; bareDays: readonly string[] }
)
export type ComposeAlarm = (toSay: AlarmToSay) => { subject: string; body: string }

const nightsShown = 14

/** What the nights found, the latest first. */
export function reminderChecks(ctx: Context, branchId: string) {
  allowIn(ctx.actor, 'message.read', branchId)
  return read(ctx, (db) => checksOf(db, branchId, nightsShown))
}

/**
 * Looks at the fortnight ahead of each branch whose night it is and that was not looked at today, and writes down what will go wrong; the
 * owners hear of it where it is news. Any number of workers may do it at once: one of them writes. @returns how many branches were looked at.
 */
export async function checkTonight(ctx: Context, compose: ComposeAlarm, partsOf: PartsOf): Promise<number> {
  const due = await read(ctx, async (db) => {
    const night = (await activeBranches(db)).filter(({ zone }) => timeIn(zone, ctx.now).hour >= checkFromHour)
    const known = await Promise.all(night.map(async (branch) => ((await checksOf(db, branch.id, 1))[0]?.date === dateIn(branch.zone, ctx.now).toString() ? [] : [branch])))
    return known.flat()
  })
  let looked = 0
  for (const branch of due) looked += Number(await checkBranch(ctx, branch, compose, partsOf))
  return looked
}

function checkBranch(ctx: Context, branch: BranchNow, compose: ComposeAlarm, partsOf: PartsOf): Promise<boolean> {
  const date = dateIn(branch.zone, ctx.now)
  return transact(ctx, async (tx) => {
    const { days, unplanned, silentPatients, bareDays, cost, whatsapp, calls, callCost } = await outlookAhead(tx, ctx, branch.id, partsOf)
    const found = { silentPatients: silentPatients.length, unplanned, bareDays }
    const news = isNews(found, (await checksOf(tx, branch.id, 1))[0] ?? null)
    const id = uuid()
    const row = { clinic_id: ctx.clinicId, id, branch_id: branch.id, on_date: date, checked_at: ctx.now, leaves: days.reduce((sum, { leaves }) => sum + leaves, 0), silent_patients: found.silentPatients, unplanned, bare_days: bareDays, cost, whatsapp, calls, call_cost: callCost, told: news }
    if (!(await insertCheck(tx, row))) return false
    await recordEvents(tx, ctx, [{ name: 'reminder_check.made', subject: { type: 'reminder_check', id }, branchId: branch.id, details: { ...found, bareDays: bareDays.length, told: news } }])
    if (news) await tellOwners(tx, ctx, `check-${branch.id}-${date.toString()}`, (to) => compose({ ...to, what: 'check', branchName: branch.name, ...found }))
    return true
  })
}

/** One mail a day to each owner while something is late: nobody is told of the same evening every five minutes. @returns how many words are late. */
export async function raiseAlarm(ctx: Context, compose: ComposeAlarm): Promise<number> {
  const late = await read(ctx, (db) => countLate(db, ctx.now))
  if (late > 0) await transact(ctx, async (tx) => tellOwners(tx, ctx, `late-${(await today(tx, ctx)).toString()}`, (to) => compose({ ...to, what: 'late', late })))
  return late
}

async function today(db: Db, ctx: Context): Promise<PlainDate> {
  const [first] = await activeBranches(db)
  return first ? dateIn(first.zone, ctx.now) : plainDate(ctx.now.toString().slice(0, 10))
}

/** The same `reason` twice is told once. */
async function tellOwners(tx: Tx, ctx: Context, reason: string, words: (to: { language: 'he' | 'en'; clinicName: string }) => { subject: string; body: string }): Promise<void> {
  const { name } = await findSender(tx)
  for (const { id: staffId, email, language } of await owners(tx)) {
    const id = uuid()
    const isNew = await insertMessage(tx, {
      clinic_id: ctx.clinicId, id, kind: 'alarm', channel: 'email', patient_id: null, staff_id: staffId, appointment_id: null, appointment_starts_at: null, reminder_id: null, invoice_id: null,
      dedupe_key: `alarm-${reason}-${staffId}`, language, to_address: email, ...words({ language, clinicName: name }),
      not_before: ctx.now, useful_until: ctx.now.add({ hours: 24 }), created_at: ctx.now,
      lease_until: null, first_tried_at: null, sent_at: null, settled_at: null, provider_id: null, provider_status: null, error_code: null,
    })
    if (isNew) await recordEvents(tx, ctx, [{ name: 'message.queued', subject: { type: 'message', id }, details: { kind: 'alarm' } }])
  }
}
