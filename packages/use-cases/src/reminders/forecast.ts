import { zoneOfBranch } from '@yoman/db/appointments/queries'
import type { Db } from '@yoman/db/database'
import { type PlannedVisit, plannedVisits } from '@yoman/db/reminders/forecast'
import { loadReminderPolicy } from '@yoman/db/reminders/plan'
import { findVoiceSetting } from '@yoman/db/messages/voice'
import { findReminderSetting } from '@yoman/db/reminders/settings'
import { allowIn } from '@yoman/domain/access'
import { NotFound } from '@yoman/domain/refusal'
import { afterRuleChange, planReminders } from '@yoman/domain/reminders/plan'
import type { ReminderRule } from '@yoman/domain/reminders/rules'
import { afterReplan, withRule } from '@yoman/domain/reminders/what-if'
import { type Period, dateIn, dayPeriod, plainDate, plainTime } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'
import { datesFrom, foreseenIn, outlook } from './outlook.ts'
import type { RuleTyped } from './rules.ts'

const daysAhead = 14
/** Rest days move a reminder by a few days at most: no visit further away than this beyond its rule's days can have one in the period. */
const movedAtMost = 7
const empty = (at: Period): Period => ({ start: at.start, end: at.start })

/** What the next fortnight will send, day by day: how many leave, how many of them at another time than their rule's, and how many never will. Throws `NotFound`. */
export async function forecastReminders(ctx: Context, branchId: string) {
  allowIn(ctx.actor, 'message.read', branchId)
  return read(ctx, async (db) => {
    const { zone, period } = await fortnight(db, ctx, branchId)
    const [visits, { rules }] = await Promise.all([plannedVisits(db, branchId, { start: ctx.now, end: period.end }, period), loadReminderPolicy(db, ctx.clinicId, branchId, null)])
    return outlook(visits, rules, { zone, period, now: ctx.now })
  })
}

/** The fortnight as it stands and what its SMS and its calls cost, in agorot, inside a transaction; for whoever asks on the clinic's own behalf. */
export async function outlookAhead(db: Db, ctx: Context, branchId: string, partsOf: PartsOf) {
  const { zone, period } = await fortnight(db, ctx, branchId)
  const [visits, { rules }, prices] = await Promise.all([plannedVisits(db, branchId, { start: ctx.now, end: period.end }, period), loadReminderPolicy(db, ctx.clinicId, branchId, null), pricesOf(db)])
  const ahead = outlook(visits, rules, { zone, period, now: ctx.now })
  return { ...ahead, ...costsOf(ahead, prices, partsOf) }
}

/** Every reminder that is due on one day. Throws `NotFound`. */
export async function forecastOfDay(ctx: Context, { branchId, date }: { branchId: string; date: string }) {
  allowIn(ctx.actor, 'message.read', branchId)
  return read(ctx, async (db) => {
    const day = dayPeriod(await zoneOf(db, ctx, branchId), plainDate(date))
    const [visits, { rules }] = await Promise.all([plannedVisits(db, branchId, empty(day), day), loadReminderPolicy(db, ctx.clinicId, branchId, null)])
    return { items: foreseenIn(visits, rules, day) }
  })
}

/** How many parts a reminder by SMS has in each language: given by whoever knows the texts. */
export type PartsOf = (language: PlannedVisit['language']) => number

/**
 * The same fortnight as it stands and as it would be by one rule that is new or changed, without writing anything. What has left stays
 * left, as when the rule is saved. Throws `NotFound`. @param id the rule's, also of one that is not there yet.
 */
export async function whatIfRule(ctx: Context, { branchId, id, ...typed }: RuleTyped & { branchId: string; ruleBranchId: string | null; id: string }, partsOf: PartsOf) {
  allowIn(ctx.actor, 'message.read', branchId)
  return read(ctx, async (db) => {
    const [{ zone, period }, { rules, hours }, prices] = await Promise.all([fortnight(db, ctx, branchId), loadReminderPolicy(db, ctx.clinicId, branchId, null), pricesOf(db)])
    const then = withRule(rules, ruleTyped(id, typed)).filter(({ active }) => active)
    const furthest = Math.max(0, ...[...rules, ...then].map(({ daysBefore }) => daysBefore), 0)
    const reach = { start: ctx.now, end: dayPeriod(zone, dateIn(zone, period.end).add({ days: furthest + movedAtMost })).end }
    const visits = await plannedVisits(db, branchId, reach, period)
    const replanned = visits.map((visit) => ({ ...visit, reminders: afterReplan(visit.reminders, afterRuleChange(planReminders(visit, then, hours, ctx.now, visit.wish))).map((one) => ({ id: visit.appointmentId, ...one })) }))
    const at = { zone, period, now: ctx.now }
    const [before, after] = [outlook(visits, rules, at), outlook(replanned, then, at)]
    return { now: summed(before, costsOf(before, prices, partsOf)), then: summed(after, costsOf(after, prices, partsOf)), days: after.days.map((day, n) => ({ ...day, leavesNow: before.days[n]?.leaves ?? 0 })), silentPatients: after.silentPatients }
  })
}

const summed = ({ days, silentPatients, whatsapp, calls }: Ahead, costs: { cost: number | null; callCost: number | null }) => ({
  leaves: days.reduce((sum, { leaves }) => sum + leaves, 0),
  moved: days.reduce((sum, { moved }) => sum + moved, 0),
  silentPatients: silentPatients.length,
  ...costs,
  whatsapp,
  calls,
})

type Ahead = ReturnType<typeof outlook>

interface Prices {
  smsPartPrice: number | null
  callPrice: number | null
}

async function pricesOf(db: Db): Promise<Prices> {
  const [{ smsPartPrice }, { callPrice }] = await Promise.all([findReminderSetting(db), findVoiceSetting(db)])
  return { smsPartPrice, callPrice }
}

/** In agorot, of prices in thousandths of a shekel; null where there is no price. */
const costsOf = ({ sms, calls }: Ahead, { smsPartPrice, callPrice }: Prices, partsOf: PartsOf): { cost: number | null; callCost: number | null } => ({
  cost: smsPartPrice === null ? null : Math.round(sms.reduce((sum, { language, n }) => sum + n * partsOf(language) * smsPartPrice, 0) / 10),
  callCost: callPrice === null ? null : Math.round((calls * callPrice) / 10),
})

const ruleTyped = (id: string, { ruleBranchId, daysBefore, atTime, channel, fallbackChannels = [], visitTypeIds = [], active }: Omit<RuleTyped, 'branchId'> & { ruleBranchId: string | null }): ReminderRule => ({
  id, branchId: ruleBranchId, visitTypeIds, daysBefore, atTime: plainTime(atTime), channel, fallbackChannels: fallbackChannels.filter((one) => one !== channel), active,
})

async function fortnight(db: Db, ctx: Context, branchId: string): Promise<{ zone: string; period: Period }> {
  const zone = await zoneOf(db, ctx, branchId)
  const dates = datesFrom(dateIn(zone, ctx.now), daysAhead)
  const [first, last] = [dates[0], dates.at(-1)]
  if (!first || !last) throw new RangeError('a fortnight has days')
  return { zone, period: { start: dayPeriod(zone, first).start, end: dayPeriod(zone, last).end } }
}

async function zoneOf(db: Db, ctx: Context, branchId: string): Promise<string> {
  const zone = await zoneOfBranch(db, ctx.clinicId, branchId)
  if (!zone) throw new NotFound('branch')
  return zone
}
