import type { Agorot } from '../money/agorot.ts'
import type { PlainDate } from '../time.ts'
import type { Named } from './named.ts'

/** A discount that stands on a line of a visit's bill, billed or not. */
export interface GivenLine extends Named {
  /** Of what was done, or of the visit that nobody wrote about. */
  id: string
  /** The branch's calendar day on which it was given. */
  on: PlainDate
  staffId: string
  by: string
  byEn: string
  branch: string
  branchEn: string
  reason: string
  /** What the line would cost without it. */
  gross: Agorot
  discount: Agorot
}

/** How much one person gave. */
export interface Giver {
  staffId: string
  name: string
  nameEn: string
  lines: number
  gross: Agorot
  discount: Agorot
}

/** Who gave how much: the most first, then by name. */
export function byGiver(lines: readonly GivenLine[]): Giver[] {
  const givers = new Map<string, Giver>()
  for (const { staffId, by, byEn, gross, discount } of lines) {
    const giver = givers.get(staffId) ?? { staffId, name: by, nameEn: byEn, lines: 0, gross: 0, discount: 0 }
    givers.set(staffId, { ...giver, lines: giver.lines + 1, gross: giver.gross + gross, discount: giver.discount + discount })
  }
  return [...givers.values()].sort((a, b) => b.discount - a.discount || (a.name < b.name ? -1 : 1))
}
