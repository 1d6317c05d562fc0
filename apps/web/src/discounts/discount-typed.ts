import { discountOn, type Off } from '@yoman/domain/invoices/discount'
import type { Words } from '../locales/words.ts'
import { readShekels } from '../invoices/read-shekels.ts'
import { readPercent } from '../settings/price-lists/read-percent.ts'

/** A discount as it is typed: `chosen` is one of the clinic's reasons, or `otherReason`. */
export interface DiscountTyped {
  how: 'percent' | 'sum'
  amount: string
  chosen: string | null
  words: string
}

/** No reason of a clinic: it would be trimmed. */
export const otherReason = ' '

/** What is to be taken off a line of `gross` agorot; null while what was typed is no such thing. */
export function offOf({ how, amount }: Pick<DiscountTyped, 'how' | 'amount'>, gross: number): Off | null {
  if (how === 'sum') {
    const agorot = readShekels(amount)
    return agorot === null || agorot > gross ? null : { agorot }
  }
  const basisPoints = readPercent(amount)
  return basisPoints === undefined || basisPoints < 1 || basisPoints > 10_000 ? null : { basisPoints }
}

export const reasonOf = ({ chosen, words }: Pick<DiscountTyped, 'chosen' | 'words'>): string => (chosen === null || chosen === otherReason ? words : chosen).trim()

/** The line's total after it; null while nothing valid is typed. */
export function afterOf(typed: DiscountTyped, gross: number): number | null {
  const off = offOf(typed, gross)
  return off && gross - discountOn(gross, off)
}

/** What is sent, or why it cannot be. */
export function readDiscount(typed: DiscountTyped, gross: number): { off: Off; reason: string } | Words {
  const [off, reason] = [offOf(typed, gross), reasonOf(typed)]
  if (off === null) return typed.how === 'sum' ? 'discounts.sumWrong' : 'discounts.percentWrong'
  return reason === '' ? 'discounts.reasonMissing' : { off, reason }
}
