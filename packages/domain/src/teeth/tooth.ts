import { Refusal } from '../refusal.ts'

/** ISO 3950 (FDI): quadrants 1 to 4 hold eight permanent teeth, 5 to 8 five milk teeth. */
export const isTooth = (text: string): boolean => /^([1-4][1-8]|[5-8][1-5])$/.test(text)

/**
 * The faces of a tooth in the order in which they are written: mesial, occlusal (of a front tooth: incisal), distal,
 * buccal (labial, vestibular), lingual (in the upper jaw: palatal).
 */
export const surfaces = ['M', 'O', 'D', 'B', 'L'] as const
export type Surface = (typeof surfaces)[number]

const quadrant = (tooth: string): number => Number(tooth[0])
const place = (tooth: string): number => Number(tooth[1])

export const isMilkTooth = (tooth: string): boolean => quadrant(tooth) > 4
export const isUpper = (tooth: string): boolean => [1, 2, 5, 6].includes(quadrant(tooth))
/** On the patient's right, which is the left of whoever looks at them. */
export const isRight = (tooth: string): boolean => [1, 4, 5, 8].includes(quadrant(tooth))
export const isFront = (tooth: string): boolean => place(tooth) <= 3

export type ToothKind = 'incisor' | 'canine' | 'premolar' | 'molar'

export function toothKind(tooth: string): ToothKind {
  if (place(tooth) <= 2) return 'incisor'
  if (place(tooth) === 3) return 'canine'
  return !isMilkTooth(tooth) && place(tooth) <= 5 ? 'premolar' : 'molar'
}

const row = (right: number, left: number, count: number): string[] => [
  ...Array.from({ length: count }, (_, index) => `${right}${count - index}`),
  ...Array.from({ length: count }, (_, index) => `${left}${index + 1}`),
]

/** The rows of a chart as a dentist sees them, from the patient's right to the left: upper jaw, then lower. */
export const chartRows = {
  permanent: [row(1, 2, 8), row(4, 3, 8)],
  milk: [row(5, 6, 5), row(8, 7, 5)],
} as const

const letters: Readonly<Record<string, Surface>> = { M: 'M', O: 'O', I: 'O', D: 'D', B: 'B', V: 'B', F: 'B', L: 'L', P: 'L' }

/**
 * Faces as somebody writes them (`mod`, `DO`, `BI`, `op`), in their order and each once; empty for the whole tooth.
 * Incisal, vestibular, facial and palatal are other words for ours. Throws `surface_unknown` for any other letter.
 */
export function readSurfaces(typed: string): string {
  const wanted = [...typed.toUpperCase().replace(/[\s,.-]/g, '')].map((letter) => letters[letter])
  if (wanted.includes(undefined)) throw new Refusal('surface_unknown')
  return surfaces.filter((surface) => wanted.includes(surface)).join('')
}

/** Faces as they are written of this tooth: a front tooth has an incisal edge, an upper tooth a palatal face. */
export const surfacesOn = (tooth: string, faces: string): string =>
  [...faces].map((face) => (face === 'O' && isFront(tooth) ? 'I' : face === 'L' && isUpper(tooth) ? 'P' : face)).join('')
