import { Temporal } from 'temporal-polyfill'
import { type Agorot, divideRounding, requireAgorot, sumOf } from '../money/agorot.ts'
import { vatOfGross } from '../money/vat.ts'
import type { PlainDate } from '../time.ts'

/** What a practitioner is paid for a treatment, from a day on: a part of its price without VAT, or a sum for each piece. One of the two. */
export interface ShareRule {
  id: string
  practitionerId: string
  /** Null: every treatment that has no rule of its own. */
  priceItemId: string | null
  from: PlainDate
  shareBasisPoints: number | null
  fixedAgorot: Agorot | null
}

/** Something that was done and has a price. */
export interface Piece {
  practitionerId: string
  priceItemId: string | null
  day: PlainDate
  quantity: number
  /** With VAT. */
  gross: Agorot
  /** Of its day. */
  vatBasisPoints: number
}

/** What a laboratory asked for one of them, without VAT. */
export interface LaboratoryCost {
  amount: Agorot
  of: Piece
}

const wholeInBasisPoints = 10_000

/**
 * The rule that a piece is paid by: that of its own treatment before the general one, of each the newest that had begun on its day.
 * Null where the practitioner has none: then nothing is owed for it, and the statement says so.
 */
export function ruleFor(rules: readonly ShareRule[], { practitionerId, priceItemId, day }: Pick<Piece, 'practitionerId' | 'priceItemId' | 'day'>): ShareRule | null {
  const begun = rules
    .filter((rule) => rule.practitionerId === practitionerId && Temporal.PlainDate.compare(rule.from, day) <= 0)
    .toSorted((a, b) => Temporal.PlainDate.compare(b.from, a.from))
  return begun.find((rule) => rule.priceItemId !== null && rule.priceItemId === priceItemId) ?? begun.find((rule) => rule.priceItemId === null) ?? null
}

/** What a piece is worth without VAT, and what of it is the practitioner's: half an agora goes up. */
export function shareOf(piece: Piece, rule: ShareRule | null): { net: Agorot; share: Agorot } {
  const { net } = vatOfGross(piece.gross, piece.vatBasisPoints)
  if (rule === null) return { net, share: 0 }
  return { net, share: rule.fixedAgorot === null ? partOf(net, rule) : requireAgorot(rule.fixedAgorot * piece.quantity) }
}

/** What of a laboratory's cost the practitioner bears: the part that the share would have been of it, so that the share is of the price less the cost. Who is paid by the piece bears none. */
export const bornOf = ({ amount }: LaboratoryCost, rule: ShareRule | null): Agorot => (rule === null ? 0 : partOf(amount, rule))

const partOf = (sum: Agorot, { shareBasisPoints }: ShareRule): Agorot => divideRounding(requireAgorot(sum) * (shareBasisPoints ?? 0), wholeInBasisPoints)

export interface ShareSums {
  pieces: number
  gross: Agorot
  net: Agorot
  share: Agorot
  /** Pieces that no rule pays for. */
  unruled: number
  costs: Agorot
  born: Agorot
  /** `share` less `born`; below nothing where a month has more costs than work. */
  total: Agorot
}

/** A practitioner's month: what was done in it, less the costs that came in it, whenever their work was done. */
export function shareSums(rules: readonly ShareRule[], pieces: readonly Piece[], costs: readonly LaboratoryCost[]): ShareSums {
  const paid = pieces.map((piece) => ({ piece, rule: ruleFor(rules, piece) })).map(({ piece, rule }) => ({ ...shareOf(piece, rule), gross: piece.gross, isUnruled: rule === null }))
  const share = sumOf(paid.map((one) => one.share))
  const born = sumOf(costs.map((cost) => bornOf(cost, ruleFor(rules, cost.of))))
  return {
    pieces: pieces.length, gross: sumOf(paid.map((one) => one.gross)), net: sumOf(paid.map((one) => one.net)), share,
    unruled: paid.filter(({ isUnruled }) => isUnruled).length, costs: sumOf(costs.map(({ amount }) => amount)), born, total: share - born,
  }
}
