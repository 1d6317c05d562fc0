import type { Instant } from '../time.ts'
import type { PlannedReminder } from './plan.ts'
import type { ReminderChannel, ReminderRule, ReminderWish } from './rules.ts'
import type { Closed } from './sending-hours.ts'

/** A reminder of a visit's present start as it is written down. */
export interface WrittenReminder {
  ruleId: string
  channel: ReminderChannel
  state: 'planned' | 'queued' | 'done' | 'skipped'
  skipReason: string | null
  dueAt: Instant
  movedFor: Closed | null
  /** It goes on where another of its rule failed. */
  isFallback: boolean
  /** It became a message, whatever came of that. */
  hasMessage: boolean
}

/**
 * What would stand written if a visit were planned anew, without writing it. The same rules as in the database, where one that has left is
 * not made again, one that waits does not give way to a plan whose hour is over, and of one that was given up the first reason stays.
 */
export function afterReplan(written: readonly WrittenReminder[], planned: readonly PlannedReminder[]): WrittenReminder[] {
  const rowOf = (one: PlannedReminder): WrittenReminder | undefined => written.find((row) => row.ruleId === one.ruleId && row.channel === one.channel)
  const made = planned.map((one) => {
    const row = rowOf(one)
    return row && !givesWay(row, one) ? row : freshOf(one)
  })
  const left = written.filter((row) => !planned.some((one) => rowOf(one) === row))
  return [...made, ...left.map((row) => (row.state === 'planned' && !(row.isFallback && planned.some(({ ruleId }) => ruleId === row.ruleId)) ? { ...row, state: 'skipped' as const, skipReason: 'rule_off' } : row))]
}

function givesWay(row: WrittenReminder, plan: PlannedReminder): boolean {
  if (row.state === 'planned') return plan.skip !== 'already_past' && plan.skip !== 'rule_came_late'
  return row.state === 'skipped' && plan.skip === null && !row.hasMessage
}

const freshOf = ({ ruleId, channel, dueAt, skip, movedFor }: PlannedReminder): WrittenReminder => ({
  ruleId, channel, dueAt, movedFor, state: skip === null ? 'planned' : 'skipped', skipReason: skip, isFallback: false, hasMessage: false,
})

/** The rules as they would be: the proposed one in place of the one that it changes, or beside the others. */
export const withRule = (rules: readonly ReminderRule[], proposed: ReminderRule): ReminderRule[] => [...rules.filter(({ id }) => id !== proposed.id), proposed]

/** All channels that a reminder may yet take, its own first, by the rule behind it or by the patient's own wish. */
export function channelsLeft(reminder: Pick<WrittenReminder, 'ruleId' | 'channel'>, rules: readonly ReminderRule[], wish: ReminderWish | null): ReminderChannel[] {
  if (wish?.reminders === 'email') return [reminder.channel]
  const rule = rules.find(({ id }) => id === reminder.ruleId)
  const ways: readonly ReminderChannel[] = rule ? [rule.channel, ...rule.fallbackChannels] : reminder.ruleId === wish?.id ? (['sms', 'email'] as const) : [reminder.channel]
  const at = ways.indexOf(reminder.channel)
  return at === -1 ? [reminder.channel] : ways.slice(at)
}
