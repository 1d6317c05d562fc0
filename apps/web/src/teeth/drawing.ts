import type { Teeth } from '@yoman/contract/teeth'
import type { FindingKind } from '@yoman/domain/teeth/finding'
import { isRight, isUpper, type Surface } from '@yoman/domain/teeth/tooth'

/** How something on a tooth looks: trouble, work that stands, or work that is meant. */
export type Look = 'trouble' | 'standing' | 'planned' | 'today'

/** What is drawn of a tooth. Later entries lie over earlier ones. */
export interface Drawing {
  faces: Partial<Record<Surface, Look>>
  whole: { kind: FindingKind; look: Look }[]
  /** Something was done to it in the visit that is open. */
  today: boolean
  /** A treatment plan means to do something to the whole of it. */
  meant: boolean
}

const troubles: ReadonlySet<FindingKind> = new Set(['caries', 'fracture', 'missing', 'unerupted'])

/** What the chart shows of each tooth that has something; of what was done only the faces, for its words are the price list's. */
export function drawings({ findings, done, planned }: Teeth, currentEncounterId: string | null): Map<string, Drawing> {
  const all = new Map<string, Drawing>()
  const of = (tooth: string): Drawing => {
    const drawing = all.get(tooth) ?? { faces: {}, whole: [], today: false, meant: false }
    all.set(tooth, drawing)
    return drawing
  }
  for (const { tooth, kind, state, surfaces, endedAs } of findings) {
    if (endedAs !== null) continue
    const look: Look = state === 'planned' ? 'planned' : troubles.has(kind) ? 'trouble' : 'standing'
    if (surfaces === '') of(tooth).whole.push({ kind, look })
    for (const face of surfaces) of(tooth).faces[face as Surface] = look // canonical letters, by the contract
  }
  for (const { tooth, surfaces } of planned) {
    for (const face of surfaces) of(tooth).faces[face as Surface] = 'planned'
    if (surfaces === '') of(tooth).meant = true
  }
  for (const { tooth, surfaces, encounterId } of done) {
    const today = encounterId === currentEncounterId
    for (const face of surfaces) of(tooth).faces[face as Surface] = today ? 'today' : 'standing'
    if (today) of(tooth).today = true
  }
  return all
}

/** Outlines of the faces in a square of 40, as a dentist sees the tooth: the cheek is outside, mesial is towards the middle of the row. */
export function faceOutlines(tooth: string): { face: Surface; points: string }[] {
  const [up, down]: [Surface, Surface] = isUpper(tooth) ? ['B', 'L'] : ['L', 'B']
  const [left, right]: [Surface, Surface] = isRight(tooth) ? ['D', 'M'] : ['M', 'D']
  return [
    { face: up, points: '2,2 38,2 27,13 13,13' },
    { face: down, points: '2,38 38,38 27,27 13,27' },
    { face: left, points: '2,2 13,13 13,27 2,38' },
    { face: right, points: '38,2 27,13 27,27 38,38' },
    { face: 'O', points: '13,13 27,13 27,27 13,27' },
  ]
}
