/**
 * Text as ISO-8859-8 can carry it, one byte a character: without vowel points, with plain quotes and hyphens, the shekel sign
 * spelled out, invisible marks gone; Russian in Latin letters and Arabic in Hebrew ones, as names are read here; any other letter
 * becomes a space. Cut afterwards, never before.
 */
export const cleanText = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]/g, '')
    .replace(/[״“”„«»]/g, '"')
    .replace(/[׳‘’‚`´]/g, "'")
    .replace(/[\u05be\u2010-\u2015\u2212]/g, '-')
    .replace(/₪/g, 'ש"ח')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .normalize('NFD')
    .replace(/(?<=[A-Za-z])\p{M}+/gu, '')
    .normalize('NFC')
    .replace(/[\u0400-\u04ff\u0600-\u06ff]/g, (letter) => neighbours.get(letter) ?? neighbours.get(letter.toLowerCase())?.replace(/^./, (first) => first.toUpperCase()) ?? ' ')
    .replace(/[^\x20-\x7eא-ת]/gu, ' ')

const neighbours = new Map<string, string>([
  ...pairsOf('а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ы y э e ю yu я ya і i ї i є e ґ g'),
  ...pairsOf("ا א أ א إ א آ א ب ב ت ת ث ת' ج ג' ح ח خ ח' د ד ذ ד' ر ר ز ז س ס ش ש ص צ ض צ' ط ט ظ ט' ع ע غ ע' ف פ ق ק ك כ ل ל م מ ن נ ه ה و ו ؤ ו ي י ى א ئ י ة ה"),
  // Signs that are not heard leave no gap in a name.
  ...['ъ', 'ь', 'ء', 'ـ', 'ً', 'ٌ', 'ٍ', 'َ', 'ُ', 'ِ', 'ّ', 'ْ'].map((sign): [string, string] => [sign, '']),
])

function pairsOf(text: string): [string, string][] {
  const letters = text.split(' ')
  return letters.flatMap((letter, index): [string, string][] => (index % 2 === 0 ? [[letter, letters[index + 1] ?? '']] : []))
}

/** The first of the texts that leaves something to read. */
export const firstReadable = (texts: readonly string[]): string => texts.map((text) => cleanText(text).replace(/\s+/g, ' ').trim()).find((text) => /[\p{L}\d]/u.test(text)) ?? ''
