import type { HolidayProposal } from '@yoman/contract/blocks'
import { halfDayFrom } from '@yoman/domain/calendar/holidays'
import { atWallTime, instant, plainDate, plainTime, isAfter } from '@yoman/domain/time'

/** Closed all day, closed from 13:00 on, or open as usual. */
export type HolidayChoice = 'closed' | 'half' | 'open'

/** What a day begins with before anybody chose: what is usual, and nothing where the branch is closed anyway. */
export const usualChoice = ({ habit, opens }: Pick<HolidayProposal, 'habit' | 'opens'>): HolidayChoice => (opens ? habit : 'open')

/** The days that would be closed now: chosen, ahead, and not decided yet. */
export const closingsOf = (items: readonly HolidayProposal[], choices: Readonly<Record<string, HolidayChoice>>, today: string): (HolidayProposal & { choice: HolidayChoice })[] =>
  items
    .map((item) => ({ ...item, choice: choices[item.date] ?? usualChoice(item) }))
    .filter(({ date, opens, block, choice }) => date >= today && opens && block === null && choice !== 'open')

/** How many booked visits a choice would hit. */
export function visitsHit({ date, visits }: Pick<HolidayProposal, 'date' | 'visits'>, choice: HolidayChoice, zone: string): number {
  if (choice === 'open') return 0
  const noon = atWallTime(zone, plainDate(date), plainTime(halfDayFrom))
  return choice === 'closed' ? visits.length : visits.filter(({ endsAt }) => isAfter(instant(endsAt), noon)).length
}
