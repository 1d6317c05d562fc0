import type { PlainTime } from '../time.ts'

export type ReminderChannel = 'sms' | 'email' | 'whatsapp' | 'voice'

/** "So many days before the visit, at this time of the branch's wall clock." */
export interface ReminderRule {
  id: string
  /** Null holds for every branch. */
  branchId: string | null
  /** Empty holds for every kind of visit that has no rule of its own. */
  visitTypeIds: readonly string[]
  daysBefore: number
  atTime: PlainTime
  /** The way to begin with. */
  channel: ReminderChannel
  /** The ways to go on with, in order, where the one before is not possible or is known to have failed. */
  fallbackChannels: readonly ReminderChannel[]
  active: boolean
}

/** What one patient asked for: nothing at all, only e-mail, an earlier reminder besides. Its id stands for the rule of the earlier one. */
export interface ReminderWish {
  id: string
  reminders: 'usual' | 'email' | 'none'
  /** Days from 1 to 60. */
  extra: { daysBefore: number; atTime: PlainTime } | null
}

/**
 * The rules that hold for a visit, as its patient wishes them. Rules of a kind of visit replace the general ones as a whole: a clinic that
 * says something of its own about surgery has said all. Rules of a branch and of all branches add to each other.
 */
export function rulesFor(visit: { branchId: string; visitTypeId: string }, rules: readonly ReminderRule[], wish: ReminderWish | null): ReminderRule[] {
  const here = rules.filter(({ active, branchId }) => active && (branchId === null || branchId === visit.branchId))
  const own = here.filter(({ visitTypeIds }) => visitTypeIds.includes(visit.visitTypeId))
  const held = own.length > 0 ? own : here.filter(({ visitTypeIds }) => visitTypeIds.length === 0)
  if (wish === null) return held
  const asked = wish.reminders === 'email' ? onePerMoment(held) : held
  return [...asked, ...extraOf(wish, visit.branchId)].map((rule) => ({ ...rule, ...waysOf(rule, wish) }))
}

/** The channels of a rule in their order, as its patient wishes them; none where the patient wants no reminders. */
export function waysOf({ channel, fallbackChannels }: Pick<ReminderRule, 'channel' | 'fallbackChannels'>, wish: ReminderWish | null): { channel: ReminderChannel; fallbackChannels: readonly ReminderChannel[] } {
  return wish?.reminders === 'email' ? { channel: 'email', fallbackChannels: [] } : { channel, fallbackChannels }
}

/** The way to go on with after one failed; null where there is none. */
export function wayAfter(failed: ReminderChannel, rule: Pick<ReminderRule, 'channel' | 'fallbackChannels'>, wish: ReminderWish | null): ReminderChannel | null {
  if (wish?.reminders === 'none') return null
  const ways = waysOf(rule, wish)
  const all = [ways.channel, ...ways.fallbackChannels]
  const at = all.indexOf(failed)
  return at === -1 ? null : (all[at + 1] ?? null)
}

/** The earlier reminder that a patient asked for, as a rule; by SMS where there is a mobile, else by e-mail. */
export const extraOf = (wish: ReminderWish, branchId: string): ReminderRule[] =>
  wish.extra === null ? [] : [{ id: wish.id, branchId, visitTypeIds: [], ...wish.extra, channel: 'sms', fallbackChannels: ['email'], active: true }]

/** Two rules of one moment that differ by their channel alone are one where there is one channel; the one that is e-mail anyway stays. */
function onePerMoment(rules: readonly ReminderRule[]): ReminderRule[] {
  const moment = (rule: ReminderRule): string => `${rule.daysBefore} ${rule.atTime.toString()}`
  const ordered = [...rules].sort((a, b) => Number(a.channel !== 'email') - Number(b.channel !== 'email') || (a.id < b.id ? -1 : 1))
  return ordered.filter((rule, at) => ordered.findIndex((other) => moment(other) === moment(rule)) === at)
}
