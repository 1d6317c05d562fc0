import { searchName } from './search-name.ts'

/**
 * How a name sounds, as keys of which two spellings of one name share at least one: יהודה and יאודה, שלומי and שלמי, קטי and
 * כתי, בן־דוד and בנדוד, and the same in Latin letters (Yehuda, Chaim and Haim, Avraham and Abraham). No key for no letters.
 *
 * The rule is ours: Soundex and its kin know English, Daitch-Mokotoff reads Latin letters only. Hebrew writes vowels or leaves
 * them out, so only consonants count; letters that Israelis say alike are one (ט ת, כ ק ח, ס ש, ב v); a Latin letter that
 * stands for several (h, v, z, ch, j) gives a key for each. Coarse on purpose: it proposes, and a person decides.
 */
export function nameSounds(name: string): string[] {
  const folded = searchName(name).replace(/ /g, '')
  if (folded === '') return []
  const hebrew = /[א-ת]/.test(folded)
  if (!hebrew && !/^[a-z]/.test(folded)) return [folded] // Arabic, Cyrillic: by their letters
  return variants(hebrew ? hebrewSounds(folded) : latinSounds(folded)).map((key) => (key === '' ? '*' : key))
}

/** Keys of a whole name, whichever of its two parts stands first; a single part gives none, for half of a town has it. */
export function fullNameSounds(given: string, family: string): string[] {
  const [one, two] = [nameSounds(given), nameSounds(family)]
  return [...new Set(one.flatMap((a) => two.map((b) => [a, b].sort().join(' '))))]
}

/** Keys of a person's name in all its letters, Hebrew and Latin: what the index of likely duplicates holds. */
export const soundsOf = (names: { givenName: string; familyName: string; givenNameLatin: string; familyNameLatin: string }): string[] => [
  ...new Set([...fullNameSounds(names.givenName, names.familyName), ...fullNameSounds(names.givenNameLatin, names.familyNameLatin)]),
]

/** One place in a name: the sounds it can stand for, the empty one among them where it can be silent. */
type Sounds = readonly string[]

const hebrewLetters: Readonly<Record<string, Sounds>> = {
  א: [''], ה: [''], ו: [''], י: [''], ע: [''],
  ב: ['b'], ג: ['g'], ד: ['d'], ז: ['z'], ח: ['k'], ט: ['t'], כ: ['k'], ל: ['l'], מ: ['m'], נ: ['n'],
  ס: ['s'], פ: ['p'], צ: ['c'], ק: ['k'], ר: ['r'], ש: ['s'], ת: ['t'],
}

const hebrewSounds = (folded: string): Sounds[] => [...folded].map((letter) => hebrewLetters[letter] ?? [letter])

const latinParts = /tch|sch|ch|kh|ck|ph|sh|th|ts|tz|dj|gh|[a-z]|./gu
const latinLetters: Readonly<Record<string, Sounds>> = {
  a: [''], e: [''], i: [''], o: [''], u: [''], y: [''],
  b: ['b'], c: ['k'], d: ['d'], dj: ['g'], f: ['p'], g: ['g'], gh: ['g'], h: ['', 'k'], j: ['g', ''], k: ['k'], kh: ['k'], ck: ['k'],
  ch: ['k', 'c'], tch: ['c'], l: ['l'], m: ['m'], n: ['n'], p: ['p'], ph: ['p'], q: ['k'], r: ['r'], s: ['s'], sh: ['s'], sch: ['s'],
  t: ['t'], th: ['t'], ts: ['c'], tz: ['c'], v: ['b', ''], w: ['b', ''], x: ['ks'], z: ['z', 'c'],
}

const latinSounds = (folded: string): Sounds[] => (folded.replace(/([b-df-hj-np-tv-z])\1+/g, '$1').match(latinParts) ?? []).map((part) => latinLetters[part] ?? [part])

const mostVariants = 12

function variants(places: readonly Sounds[]): string[] {
  let keys = ['']
  for (const sounds of places) {
    const next = keys.flatMap((key) => sounds.map((sound) => key + sound))
    keys = [...new Set(next.length > mostVariants ? keys.map((key) => key + (sounds[0] ?? '')) : next)]
  }
  return keys
}
