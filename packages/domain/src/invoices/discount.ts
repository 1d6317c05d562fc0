import type { Actor, Role } from '../access.ts'
import { Refusal } from '../refusal.ts'
import { divideRounding, requireAgorot, sumOf, type Agorot } from '../money/agorot.ts'

/** What is taken off a line: a part of it, 1000 is a tenth, or a sum. */
export type Off = { basisPoints: number } | { agorot: Agorot }

/** Anything that costs: whole pieces at a price, less what is taken off. */
export interface Costs {
  quantity: number
  unitPrice: Agorot
  /** 0 to `quantity * unitPrice`; nothing where it is left out. */
  discount?: Agorot
}

export const wholeInBasisPoints = 10_000

/** Roles whose limit a clinic sets; an owner has none, and nobody else gives a discount (`discount.give`). */
export const limitedRoles = ['receptionist', 'doctor', 'hygienist', 'accountant'] as const satisfies readonly Role[]
export type LimitedRole = (typeof limitedRoles)[number]

/** The most that each role takes off a line, in basis points of it, 0 to 10000. What is not said is nothing. */
export type DiscountLimits = Partial<Record<LimitedRole, number>>

/** What a line costs before its discount. */
export const grossOf = ({ quantity, unitPrice }: Costs): Agorot => requireAgorot(quantity * unitPrice)

/** What a line costs: the one definition (docs/adr/0045). Throws RangeError for a discount above it or below nothing. */
export function costOf(line: Costs): Agorot {
  const { discount = 0 } = line
  const gross = grossOf(line)
  if (!Number.isInteger(discount) || discount < 0 || discount > gross) throw new RangeError(`no discount on ${gross}: ${discount}`)
  return gross - discount
}

/** What all lines cost. */
export const costOfAll = (lines: readonly Costs[]): Agorot => sumOf(lines.map(costOf))

/** Agorot off a line that costs `gross`: a part of it rounded to the agora, half of one up; a sum as it is, never more than the line. */
export const discountOn = (gross: Agorot, off: Off): Agorot => Math.min('agorot' in off ? off.agorot : divideRounding(requireAgorot(gross) * off.basisPoints, wholeInBasisPoints), gross)

/** A discount, and what the line cost when it was given, more than nothing; null where that was not kept. */
export interface OffPrice {
  off: Off
  was: Agorot | null
}

/**
 * What stays off a line that costs `now`, its pieces counted anew or its price another: never a larger part than was given, so that fewer pieces or a
 * cheaper kind of visit are no way around a limit, and never more agorot, so that more pieces or a dearer kind do not multiply somebody's gift.
 */
export function discountKept(now: Agorot, { off, was }: OffPrice): Agorot {
  if ('basisPoints' in off) return discountOn(was === null ? now : Math.min(now, was), off)
  // In big numbers: two sums are multiplied.
  return Math.min(off.agorot, Number((BigInt(off.agorot) * BigInt(now)) / BigInt(was ?? off.agorot)))
}

/**
 * The same where it is known who counts the pieces, and the most they take off a line, in basis points: a part within that grows with the line, and is
 * theirs then (`anew`). What is no longer the part that was given is a sum.
 */
export function discountCounted(now: Agorot, given: OffPrice & { was: Agorot }, most: number): { agorot: Agorot; off: Off; anew: boolean } {
  const { off, was } = given
  const anew = 'basisPoints' in off && now > was && off.basisPoints <= most
  const agorot = anew ? discountOn(now, off) : discountKept(now, given)
  return { agorot, off: 'basisPoints' in off && agorot === discountOn(now, off) ? off : { agorot }, anew }
}

/** The highest limit of what somebody is, in basis points. */
export function mostOff(roles: readonly Role[], limits: DiscountLimits): number {
  if (roles.includes('owner')) return wholeInBasisPoints
  return Math.max(0, ...limitedRoles.filter((role) => roles.includes(role)).map((role) => limits[role] ?? 0))
}

/**
 * The agorot that are taken off a line which costs `gross`, asked before they are. Refuses `discount_exceeds_line`, `nothing_to_discount` (it would
 * take nothing off), `discount_over_limit` with the limit in percent, `discount_needs_reason`.
 */
export function giveDiscount(gross: Agorot, { off, reason }: { off: Off; reason: string }, actor: Pick<Actor, 'roles'>, limits: DiscountLimits): Agorot {
  if ('agorot' in off && off.agorot > gross) throw new Refusal('discount_exceeds_line', { most: gross })
  const most = mostOff(actor.roles, limits)
  const isOver = 'agorot' in off ? off.agorot * wholeInBasisPoints > most * gross : off.basisPoints > most
  if (isOver) throw new Refusal('discount_over_limit', { percent: most / 100 })
  if (reason.trim() === '') throw new Refusal('discount_needs_reason')
  const discount = discountOn(gross, off)
  if (discount <= 0) throw new Refusal('nothing_to_discount')
  return discount
}

/**
 * What `pieces` more of a line of `quantity` pieces give back, where earlier credit notes took `before` of them: its running part of the total less
 * what they gave, so that all pieces together give back the total to the agora. Throws RangeError for pieces that are not there.
 */
export function piecesOf({ total, quantity }: { total: Agorot; quantity: number }, before: number, pieces: number): Agorot {
  if (before < 0 || pieces < 0 || before + pieces > quantity) throw new RangeError(`no ${pieces} pieces of ${quantity}`)
  const upTo = (count: number): Agorot => divideRounding(requireAgorot(total) * count, quantity)
  return upTo(before + pieces) - upTo(before)
}
