import type { ScreenNames } from '../flow/flow.ts'

export interface Waiting {
  givenName: string
  familyName: string
  /** The number of the day; null where a visit began before there were numbers. */
  ticket: number | null
}

/**
 * What a screen that strangers see calls a patient: `7`, `ר״כ`, `רבקה כ׳`. Never a whole name, and where the clinic's way needs what
 * is missing, the number. Empty where there is nothing at all to call them by.
 */
export function screenLabel(names: ScreenNames, { givenName, familyName, ticket }: Waiting): string {
  const number = ticket === null ? '' : String(ticket)
  const [given, family] = [firstLetter(givenName), firstLetter(familyName)]
  if (names === 'number' || given === '') return number
  if (names === 'initials') return [given, family].filter(Boolean).map((letter) => `${letter}.`).join(' ')
  // One letter of the family name, and of a given name of several words the first alone.
  return [givenName.trim().split(/\s+/u)[0] ?? '', family && `${family}.`].filter(Boolean).join(' ')
}

/** The first letter, with the marks that belong to it left out: a screen shows `נ` for `נִיר`. */
const firstLetter = (name: string): string => /\p{L}/u.exec(name.normalize('NFC'))?.[0] ?? ''
