import { distribute } from '../money/distribute.ts'
import { sumOf, type Agorot } from '../money/agorot.ts'
import { Refusal } from '../refusal.ts'
import { type Costs, costOf, discountOn, type Off } from './discount.ts'

/** What an organisation pays of a visit that somebody else is billed the rest of. */
export interface PayerPart {
  organisationId: string
  /** Of what its treatments cost after their discounts: 8000 is four fifths; or a sum, as far as they cost so much. */
  part: Off
  /** Its treatments, by their ids; null: all of the visit. One that is not in the bill counts for nothing. */
  procedureIds: readonly string[] | null
  /** What its document asks for already, in agorot, whatever the lines are now; null until it has one. */
  billed: Agorot | null
}

/** Something on a bill. */
export interface PartedLine extends Costs {
  procedureId: string | null
}

/** A line, and how much of it whoever it is cut for pays: 0 to `costOf(line)`. */
export interface LinePart<Line> {
  line: Line
  amount: Agorot
}

export interface PartedBill<Line> {
  /** What is left of each line to the payer of the visit. */
  own: LinePart<Line>[]
  /** Of each part, in its order: what it comes to of each line. */
  parts: { organisationId: string; lines: LinePart<Line>[] }[]
}

/**
 * Divides a bill between its payer and those who pay a part. Each part takes from its treatments in proportion to what is left of them, never more than
 * that: what two parts want of one line goes to the first. All pieces of a line add up to the line, to the agora.
 */
export function partBill<Line extends PartedLine>(lines: readonly Line[], parts: readonly PayerPart[]): PartedBill<Line> {
  let left = lines.map(costOf)
  const taken = parts.map(({ organisationId, part, procedureIds, billed }) => {
    const isIts = lines.map(({ procedureId }) => procedureIds === null || (procedureId !== null && procedureIds.includes(procedureId)))
    const base = sumOf(lines.filter((_, at) => isIts[at]).map(costOf))
    // A document that was issued is not asked again which treatments it was for: some may be gone from the bill.
    const rest = left.map((sum, at) => (billed !== null || isIts[at] ? sum : 0))
    const amounts = takeFrom(rest, billed ?? discountOn(base, part))
    left = left.map((sum, at) => sum - (amounts[at] ?? 0))
    return { organisationId, lines: cut(lines, amounts) }
  })
  return { own: cut(lines, left), parts: taken }
}

const cut = <Line>(lines: readonly Line[], amounts: readonly Agorot[]): LinePart<Line>[] => lines.map((line, at) => ({ line, amount: amounts[at] ?? 0 }))

/** `wanted` of these sums, in proportion, as far as there is so much. */
function takeFrom(sums: readonly Agorot[], wanted: Agorot): Agorot[] {
  const amount = Math.min(wanted, sumOf(sums))
  return amount === 0 ? sums.map(() => 0) : distribute(amount, sums)
}

export const amountOf = (lines: readonly LinePart<unknown>[]): Agorot => sumOf(lines.map(({ amount }) => amount))

/** What a visit's own payer is asked for: all of it less the parts of others. */
export const ownCost = (lines: readonly PartedLine[], parts: readonly PayerPart[]): Agorot => amountOf(partBill(lines, parts).own)

/** The visit's own document asks for something, and for no less than `paid` of it already was: refuses `payer_parts_too_large`. A visit that costs nothing asks nobody. */
export function requireOwnPart(lines: readonly PartedLine[], parts: readonly PayerPart[], paid: Agorot): void {
  const own = ownCost(lines, parts)
  if (own < paid || (own === 0 && sumOf(lines.map(costOf)) > 0)) throw new Refusal('payer_parts_too_large')
}
