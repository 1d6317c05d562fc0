import { Refusal } from '../refusal.ts'
import { isTooth, readSurfaces } from './tooth.ts'

/** What can be seen of a tooth or is meant for it. Those with faces may lie on some of them, the others are of the whole tooth. */
export const findingKinds = ['caries', 'fracture', 'filling', 'sealant', 'veneer', 'crown', 'bridge', 'root_canal', 'implant', 'denture', 'missing', 'unerupted', 'extraction'] as const
export type FindingKind = (typeof findingKinds)[number]

const withSurfaces: ReadonlySet<FindingKind> = new Set(['caries', 'fracture', 'filling', 'sealant'])
export const hasSurfaces = (kind: FindingKind): boolean => withSurfaces.has(kind)

/** What only is, and what only can be planned. */
const onlyExisting: ReadonlySet<FindingKind> = new Set(['caries', 'fracture', 'missing', 'unerupted'])
const onlyPlanned: ReadonlySet<FindingKind> = new Set(['extraction'])

export type FindingState = 'existing' | 'planned'
export const statesOf = (kind: FindingKind): FindingState[] => [...(onlyPlanned.has(kind) ? [] : ['existing' as const]), ...(onlyExisting.has(kind) ? [] : ['planned' as const])]

export interface Finding {
  tooth: string
  kind: FindingKind
  state: FindingState
  /** Canonical faces, for example `MOD`; empty for the whole tooth. */
  surfaces: string
}

/**
 * A finding as it is kept. Throws `tooth_unknown`, `surface_unknown` (also of a kind that is of the whole tooth),
 * `finding_form_wrong` where such a thing cannot be planned, or cannot be there.
 */
export function findingOf({ tooth, kind, state, surfaces }: Finding): Finding {
  if (!isTooth(tooth)) throw new Refusal('tooth_unknown')
  const faces = readSurfaces(surfaces)
  if (faces !== '' && !hasSurfaces(kind)) throw new Refusal('surface_unknown')
  if (!statesOf(kind).includes(state)) throw new Refusal('finding_form_wrong')
  return { tooth, kind, state, surfaces: faces }
}

/** Why a finding is over: what was planned was done, the mouth changed, or it was noted by mistake. */
export const endings = ['done', 'changed', 'mistake'] as const
export type Ending = (typeof endings)[number]

export interface FindingNow {
  endedAs: Ending | null
}

/** Whether ending it changes anything: saying the same twice does not. Throws `finding_ended` where it ended in another way. */
export function endsNow({ endedAs }: FindingNow, as: Ending): boolean {
  if (endedAs !== null && endedAs !== as) throw new Refusal('finding_ended')
  return endedAs === null
}
