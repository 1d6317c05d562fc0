import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'

export type Weight = 'regular' | 'medium' | 'bold'

const files: Record<Weight, string> = {
  regular: '400Regular/Heebo_400Regular.ttf',
  medium: '500Medium/Heebo_500Medium.ttf',
  bold: '700Bold/Heebo_700Bold.ttf',
}

const parsed = new Map<Weight, Font>()

/** Heebo (OFL): Hebrew, Latin, digits and ₪ in one full TTF. Parsed once a process: parsing costs more than drawing a page. */
export function heebo(weight: Weight): Font {
  const known = parsed.get(weight)
  if (known) return known
  const font = create(readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/heebo/${files[weight]}`)))
  parsed.set(weight, font)
  return font
}

/** Whether Heebo can write all of it. Arabic and Cyrillic it cannot. */
export const isWritable = (text: string): boolean =>
  [...text].every((character) => /\p{Default_Ignorable_Code_Point}/u.test(character) || heebo('regular').hasGlyphForCodePoint(character.codePointAt(0) ?? 0))
