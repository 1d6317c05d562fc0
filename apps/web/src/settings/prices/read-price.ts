import { readShekels } from '../../invoices/read-shekels.ts'

const most = 100_000_000 // agorot, by the contract

/** Agorot of a price as people type it; nothing to pay is a price too. Null when it is no amount, or above a million shekels. */
export function readPrice(typed: string): number | null {
  const agorot = /^[\s₪]*0+(\.0{1,2})?[\s₪]*$/.test(typed) ? 0 : readShekels(typed)
  return agorot !== null && agorot <= most ? agorot : null
}

/** `180` or `180.50`: what a person would type for it. */
export const typedPrice = (agorot: number): string => (agorot % 100 === 0 ? String(agorot / 100) : (agorot / 100).toFixed(2))
