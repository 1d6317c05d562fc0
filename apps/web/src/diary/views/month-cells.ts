import { plainDate } from '@yoman/domain/time'

/** How many cells of the first week lie before a month's first day, where the week begins on Sunday. */
export const emptyCells = (first: string): number => plainDate(first).with({ day: 1 }).dayOfWeek % 7

/** How much of a day is free, in percent; a day that is never open has nothing free. Only a full day is 0, only an empty one 100. */
export function freeShare({ openMinutes, freeMinutes }: { openMinutes: number; freeMinutes: number }): number {
  if (openMinutes === 0 || freeMinutes === 0) return 0
  if (freeMinutes === openMinutes) return 100
  return Math.min(99, Math.max(1, Math.round((freeMinutes / openMinutes) * 100)))
}
