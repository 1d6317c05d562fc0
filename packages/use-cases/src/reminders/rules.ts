import { findClinicHours, listReminders, listRules, type RuleRow } from '@yoman/db/reminders/lists'
import type { Tx } from '@yoman/db/database'
import { saveRuleVisitTypes } from '@yoman/db/reminders/plan'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { ReminderChannel } from '@yoman/domain/reminders/rules'
import { callingHours, lastCallMinutes } from '@yoman/domain/reminders/sending-hours'
import { type PlainTime, instant, plainTime } from '@yoman/domain/time'
import { Temporal } from 'temporal-polyfill'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, instantKey, uuidKey } from '../cursor.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

export interface RuleTyped {
  branchId: string | null
  daysBefore: number
  /** `HH:MM` on the branch's wall clock. */
  atTime: string
  channel: ReminderChannel
  /** The channels to go on with where the one before is not possible or failed. */
  fallbackChannels?: readonly ReminderChannel[]
  /** Empty: for every kind of visit that has no rule of its own. */
  visitTypeIds?: readonly string[]
  active: boolean
}

export function reminderRules(ctx: Context) {
  allow(ctx.actor, 'settings.read')
  return read(ctx, async (db) => {
    const [items, hours] = await Promise.all([listRules(db), findClinicHours(db)])
    return { items, hours }
  })
}

/** A new rule; the same id again answers the same rule. Refuses `rule_time_in_quiet_hours`, `reference_unknown`, `id_taken`. */
export function addRule(ctx: Context, id: string, typed: RuleTyped): Promise<RuleRow> {
  allow(ctx.actor, 'settings.write')
  return transact(ctx, async (tx) => {
    const known = (await listRules(tx)).find((rule) => rule.id === id)
    if (known) return sameAs(known, typed)
    await refuseQuiet(tx, typed)
    await tx.insertInto('reminder_rule').values({ clinic_id: ctx.clinicId, id, ...columns(typed) }).execute()
    await saveRuleVisitTypes(tx, ctx.clinicId, id, typed.visitTypeIds ?? [])
    await recordEvents(tx, ctx, [{ name: 'reminder_rule.changed', subject: { type: 'reminder_rule', id }, branchId: typed.branchId, details: { new: true } }])
    return ruleOf(tx, id)
  })
}

/** Refuses `stale_version`, `rule_time_in_quiet_hours`, `reference_unknown`. */
export function changeRule(ctx: Context, id: string, version: number, typed: RuleTyped): Promise<RuleRow> {
  allow(ctx.actor, 'settings.write')
  return transact(ctx, async (tx) => {
    const rule = await ruleOf(tx, id)
    if (rule.version !== version) throw new Refusal('stale_version', { current: rule.version })
    await refuseQuiet(tx, typed)
    const { numUpdatedRows } = await tx.updateTable('reminder_rule').set({ ...columns(typed), version: version + 1 }).where('clinic_id', '=', ctx.clinicId).where('id', '=', id).where('version', '=', version).executeTakeFirst()
    if (numUpdatedRows === 0n) throw new Refusal('stale_version', { current: version + 1 })
    // Whoever does not speak of them (an older client) leaves the kinds of visit as they are.
    if (typed.visitTypeIds) await saveRuleVisitTypes(tx, ctx.clinicId, id, typed.visitTypeIds)
    await recordEvents(tx, ctx, [{ name: 'reminder_rule.changed', subject: { type: 'reminder_rule', id }, branchId: typed.branchId, details: { active: typed.active } }])
    return ruleOf(tx, id)
  })
}

/** Reminders by the time they are due, in [from, to). */
export async function pageOfReminders(ctx: Context, query: { from: string; to: string; branchId?: string; cursor?: string; limit?: number }) {
  allow(ctx.actor, 'message.read')
  const limit = query.limit ?? 50
  const [at, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, [instantKey, uuidKey])
  const filter = { from: instant(query.from), to: instant(query.to), ...(query.branchId ? { branchId: query.branchId } : {}), ...(at !== undefined && id !== undefined ? { after: { at, id } } : {}) }
  const rows = await read(ctx, (db) => listReminders(db, filter, limit + 1))
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.due_at.toString(), last.id]) : null }
}

const columns = ({ branchId, daysBefore, atTime, channel, fallbackChannels, active }: RuleTyped) => ({
  branch_id: branchId, days_before: daysBefore, at_time: plainTime(atTime), channel, active, ...(fallbackChannels ? { fallback_channels: fallbackChannels.filter((one) => one !== channel) } : {}),
})

async function ruleOf(tx: Tx, id: string): Promise<RuleRow> {
  const rule = (await listRules(tx)).find((one) => one.id === id)
  if (!rule) throw new NotFound('reminder rule')
  return rule
}

function sameAs(known: RuleRow, typed: RuleTyped): RuleRow {
  if (known.days_before !== typed.daysBefore || known.branch_id !== typed.branchId || known.channel !== typed.channel) throw new Refusal('id_taken')
  return known
}

/** A rule for an hour in which nothing ever leaves would only ever be moved. */
async function refuseQuiet(tx: Tx, { atTime, channel }: RuleTyped): Promise<void> {
  const [first, last] = [callingHours.from, callingHours.to.subtract({ minutes: lastCallMinutes })] // what is planned for later than that is moved
  if (channel === 'voice' && isWithin(plainTime(atTime), last, first)) throw new Refusal('rule_time_in_quiet_hours', { from: shown(last), to: shown(first) })
  const { quiet_from, quiet_to } = await findClinicHours(tx)
  if (isWithin(plainTime(atTime), quiet_from, quiet_to)) throw new Refusal('rule_time_in_quiet_hours', { from: shown(quiet_from), to: shown(quiet_to) })
}

const { compare } = Temporal.PlainTime
const isWithin = (time: PlainTime, from: PlainTime, to: PlainTime): boolean =>
  compare(from, to) <= 0 ? compare(from, time) <= 0 && compare(time, to) < 0 : compare(from, time) <= 0 || compare(time, to) < 0
const shown = (time: PlainTime): string => time.toString({ smallestUnit: 'minute' })
