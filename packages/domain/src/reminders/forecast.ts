import type { ReminderChannel } from './rules.ts'

/**
 * What will become of a reminder as things stand: it `leaves`; it has `gone` already; it was given up when it was planned (`skipped`);
 * or it will be given up at its hour, which somebody can still prevent: there is nowhere to send it (`no_address`), the patient `refused`, or the clinic has not set its channel up (`channel_off`).
 */
export const fates = ['leaves', 'gone', 'skipped', 'no_address', 'refused', 'channel_off'] as const
export type Fate = (typeof fates)[number]

export interface Foreseen {
  state: 'planned' | 'queued' | 'done' | 'skipped'
  /** The channels that it may take, in their order; never empty. */
  ways: readonly Way[]
}

export interface Way {
  channel: ReminderChannel
  /** The clinic has not set it up for the patient's language. */
  off: boolean
  /** Whether the patient has a number or address for it. */
  reachable: boolean
  /** The patient's last word on messages of the clinic's service on it was no. */
  refused: boolean
}

/** What becomes of it, and by which channel: the first that is possible. The same questions in the same order as the last look before it leaves (`stillWorthSending`). */
export function fateOf({ state, ways }: Foreseen): { fate: Fate; channel: ReminderChannel } {
  const [first] = ways
  if (!first) throw new RangeError('a reminder has a channel')
  const possible = ways.find(({ off, reachable, refused }) => !off && reachable && !refused)
  if (state === 'skipped') return { fate: 'skipped', channel: first.channel }
  if (state !== 'planned') return { fate: 'gone', channel: first.channel }
  if (possible) return { fate: 'leaves', channel: possible.channel }
  return { fate: first.off ? 'channel_off' : first.refused ? 'refused' : 'no_address', channel: first.channel }
}
