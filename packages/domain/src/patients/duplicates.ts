import { fullNameSounds } from '../people/name-sound.ts'
import { searchName } from '../people/search-name.ts'

/** Why two records may be of one person, strongest first. */
export const duplicateReasons = ['identifier', 'phone', 'birth_date', 'same_name', 'sounds_alike'] as const
export type DuplicateReason = (typeof duplicateReasons)[number]

/** What is known so far of somebody who is being typed; names as typed, phones in E.164, the birth date in ISO. */
export interface Typed {
  givenName: string
  familyName: string
  phones: readonly string[]
  birthDate: string | null
}

/** Somebody who is on record. `ownsIdentifier`: the typed identity number is theirs. */
export interface Known extends Typed {
  givenNameLatin: string
  familyNameLatin: string
  ownsIdentifier: boolean
}

/** How much each reason says; a phone is a family's, a sound is many people's, a number is one person's. */
const weights: Record<DuplicateReason, number> = { identifier: 100, phone: 10, birth_date: 10, same_name: 9, sounds_alike: 6 }
/** Less than this is no likeness: a shared birth date alone, or nothing. */
const least = 6

/**
 * Why `known` may be the one who is typed, strongest first; none where too little speaks for it. A phone counts alone (a family
 * shares it, and whoever types should see that), a birth date only with a name that is the same or sounds so.
 */
export function likeness(typed: Typed, known: Known): { reasons: DuplicateReason[]; weight: number } {
  const name = nameLikeness(typed, known)
  const reasons: DuplicateReason[] = [
    ...(known.ownsIdentifier ? (['identifier'] as const) : []),
    ...(typed.phones.some((number) => known.phones.includes(number)) ? (['phone'] as const) : []),
    ...(name && typed.birthDate !== null && typed.birthDate === known.birthDate ? (['birth_date'] as const) : []),
    ...(name ? [name] : []),
  ]
  const weight = reasons.reduce((sum, reason) => sum + weights[reason], 0)
  return weight < least ? { reasons: [], weight: 0 } : { reasons, weight }
}

function nameLikeness(typed: Typed, known: Known): 'same_name' | 'sounds_alike' | null {
  const words = (given: string, family: string) => searchName(`${given} ${family}`).split(' ').sort().join(' ')
  const wanted = words(typed.givenName, typed.familyName)
  if (wanted !== '' && [words(known.givenName, known.familyName), words(known.givenNameLatin, known.familyNameLatin)].includes(wanted)) return 'same_name'
  const sounds = fullNameSounds(typed.givenName, typed.familyName)
  const others = [...fullNameSounds(known.givenName, known.familyName), ...fullNameSounds(known.givenNameLatin, known.familyNameLatin)]
  return sounds.some((sound) => others.includes(sound)) ? 'sounds_alike' : null
}
