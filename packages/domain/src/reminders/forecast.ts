/**
 * What will become of a reminder as things stand: it `leaves`; it has `gone` already; it was given up when it was planned (`skipped`);
 * or it will be given up at its hour, which somebody can still prevent: there is nowhere to send it (`no_address`), the patient `refused`.
 */
export const fates = ['leaves', 'gone', 'skipped', 'no_address', 'refused'] as const
export type Fate = (typeof fates)[number]

export interface Foreseen {
  state: 'planned' | 'queued' | 'done' | 'skipped'
  /** Whether the patient has a number or address for its channel. */
  reachable: boolean
  /** The patient's last word on messages of the clinic's service on this channel was no. */
  refused: boolean
}

/** The same questions in the same order as the last look before it leaves (`stillWorthSending`). */
export function fateOf({ state, reachable, refused }: Foreseen): Fate {
  if (state === 'skipped') return 'skipped'
  if (state !== 'planned') return 'gone'
  if (refused) return 'refused'
  return reachable ? 'leaves' : 'no_address'
}
