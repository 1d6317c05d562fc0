import type { CashDesk } from '@yoman/contract/cash-desk'
import { readShekels } from '../invoices/read-shekels.ts'

/** What is typed beside one means. */
export interface CountTyped {
  counted: string
  reason: string
}

/** Agorot of what was counted; nothing at all is a sum too, and below nothing where more went back than came in. Null when it is no amount. */
export function readCounted(typed: string): number | null {
  const below = /^\s*[-\u2212](.*)$/u.exec(typed)
  const size = readSize(below?.[1] ?? typed)
  return below && size ? -size : size
}

function readSize(typed: string): number | null {
  return /^[\s₪]*0+(\.0{1,2})?[\s₪]*$/.test(typed) ? 0 : readShekels(typed)
}

/** Counted less expected; null while no sum is typed. */
export function differenceOf(expectedAgorot: number, typed: string): number | null {
  const counted = readCounted(typed)
  return counted === null ? null : counted - expectedAgorot
}

/** Means that are looked at: what came in or went, and cash always, since the drawer is. */
export const shownMeans = (desk: CashDesk): CashDesk['means'] => desk.means.filter(({ method, payments, refunds, expectedAgorot }) => method === 'cash' || payments + refunds > 0 || expectedAgorot !== 0)
