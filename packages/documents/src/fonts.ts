import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'

export type Weight = 'regular' | 'medium' | 'bold'

/** All OFL. Heebo: Hebrew, Latin, digits and ₪. Noto Sans: Cyrillic and Greek, for Latin the same letters in another cut. */
export type Family = 'heebo' | 'noto-sans-arabic' | 'noto-sans'

const places: Record<Family, { from: string; name: string }> = {
  heebo: { from: '@expo-google-fonts/heebo', name: 'Heebo' },
  'noto-sans-arabic': { from: '@expo-google-fonts/noto-sans-arabic', name: 'NotoSansArabic' },
  'noto-sans': { from: '@expo-google-fonts/noto-sans', name: 'NotoSans' },
}
const weights: Record<Weight, string> = { regular: '400Regular', medium: '500Medium', bold: '700Bold' }
/** In the order of asking: what Heebo has is written in Heebo. */
const families: Family[] = ['heebo', 'noto-sans-arabic', 'noto-sans']

const parsed = new Map<string, Font>()

/** A full TTF, read at its first use and kept: parsing costs more than drawing a page. To be asked for coverage only, see `fontFor`. */
function parsedFont(family: Family, weight: Weight): Font {
  const key = `${family} ${weight}`
  const known = parsed.get(key)
  if (known) return known
  const { from, name } = places[family]
  const font = create(readFileSync(createRequire(import.meta.url).resolve(`${from}/${weights[weight]}/${name}_${weights[weight]}.ttf`)))
  parsed.set(key, font)
  return font
}

/**
 * The font for one document. It shares the parsed tables with all others but not fontkit's memory of glyphs: that keeps, for each glyph, the
 * letters it first stood for, so that a text copied from one patient's PDF would depend on whose name was drawn before.
 */
export function fontFor(family: Family, weight: Weight): Font {
  // Object.create answers any; it inherits all of a Font.
  return Object.create(parsedFont(family, weight), { _glyphs: { value: {} } }) as Font
}

/** Whether there is a font that can write it. Their weights cover the same characters. */
export const isWritable = (text: string): boolean =>
  [...text].every((character) => families.some((family) => covers(family, character)))

function covers(family: Family, character: string): boolean {
  return /\p{Default_Ignorable_Code_Point}/u.test(character) || parsedFont(family, 'regular').hasGlyphForCodePoint(character.codePointAt(0) ?? 0)
}

export interface Part {
  text: string
  family: Family
}

/** Cuts `text` by the font that can write it. Spaces, brackets, points and digits stay with the letters before them, or else after them. */
export function byFamily(text: string): Part[] {
  const parts: Part[] = []
  let leading = ''
  for (const character of text) {
    const last = parts.at(-1)
    if (isLetter(character)) {
      // What no font has is drawn as a box, in Heebo.
      const family = families.find((each) => covers(each, character)) ?? 'heebo'
      if (last?.family === family) last.text += character
      else parts.push({ text: character, family })
    } else if (!last) leading += character
    else if (covers(last.family, character)) last.text += character
    else parts.push({ text: character, family: families.find((each) => covers(each, character)) ?? last.family })
  }
  return withLeading(leading, parts)
}

function withLeading(leading: string, parts: Part[]): Part[] {
  if (leading === '') return parts
  const family = families.find((each) => [...leading].every((character) => covers(each, character))) ?? 'heebo'
  const [first] = parts
  if (!first) return [{ text: leading, family }]
  if ([...leading].every((character) => covers(first.family, character))) first.text = leading + first.text
  else parts.unshift({ text: leading, family })
  return parts
}

/** Belongs to one script, which decides its font; the rest is shared by all. */
const isLetter = (character: string): boolean => !/[\p{Script=Common}\p{Script=Inherited}]/u.test(character)
