const finals: Readonly<Record<string, string>> = { ך: 'כ', ם: 'מ', ן: 'נ', ף: 'פ', ץ: 'צ' }

/**
 * A name, or what somebody types into the search box, folded so that spellings of one name meet: without vowel points and
 * accents, final letters as plain ones, geresh and gershayim dropped, hyphens as spaces, doubled vav and yod as single ones,
 * small letters. Both sides of every comparison go through it. Folding twice is folding once.
 */
export function searchName(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{Mn}\p{Cf}\p{Cc}\u0640]/gu, (mark) => (/[\t\n\r]/.test(mark) ? ' ' : '')) // U+0640: Arabic stretching
    .replace(/['"`´׳״‘’‚“”„′″]/gu, '')
    .replace(/[\p{P}\p{S}\s]+/gu, ' ')
    .replace(/[ךםןףץ]/g, (letter) => finals[letter] ?? letter)
    .replace(/ו{2,}/g, 'ו')
    .replace(/י{2,}/g, 'י')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '') // a Turkish İ grows a dot when it is made small
    .trim()
}
