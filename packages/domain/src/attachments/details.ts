import { isTooth } from '../teeth/tooth.ts'
import { Refusal } from '../refusal.ts'
import type { PlainDate } from '../time.ts'

const longestTitle = 200

/** The first title of an attachment: its file's name without the ending, made one line. Empty where nothing is left of it. */
export const titleOf = (fileName: string): string =>
  fileName
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069/\\]/gu, ' ')
    .replace(/\.[\p{L}\p{N}]{1,5}$/u, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestTitle)

/**
 * Checks what a person says of an attachment. Teeth come back without repetitions, in their order. Throws `tooth_unknown`,
 * `attachment_date_in_future`: a picture is not made tomorrow. `today` is the UTC day: one day of grace is for zones ahead of it.
 */
export function checkDetails({ teeth, takenOn, today }: { teeth: readonly string[]; takenOn: PlainDate; today: PlainDate }): string[] {
  if (!teeth.every(isTooth)) throw new Refusal('tooth_unknown')
  if (takenOn.until(today).total('days') < -1) throw new Refusal('attachment_date_in_future')
  return [...new Set(teeth)].sort()
}
