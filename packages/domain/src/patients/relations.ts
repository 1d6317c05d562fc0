export type RelationKind = 'guardian' | 'parent' | 'child' | 'spouse' | 'sibling' | 'payer' | 'other'
export type RelationSeen = RelationKind | 'ward' | 'pays_for'

const otherSide: Record<RelationKind, RelationSeen> = {
  guardian: 'ward',
  parent: 'child',
  child: 'parent',
  spouse: 'spouse',
  sibling: 'sibling',
  payer: 'pays_for',
  other: 'other',
}

/** One row says who the related person is to the patient; this says who the patient is to the related person. */
export const seenFromTheOtherSide = (kind: RelationKind): RelationSeen => otherSide[kind]
