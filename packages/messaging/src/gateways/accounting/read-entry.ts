import { isOurs } from '@yoman/domain/accounting/entry'
import type { FoundEntry } from '@yoman/domain/accounting/service'
import type { PlainDate } from '@yoman/domain/time'

/** An entry in the service's own words. */
export interface ToldEntry {
  id: string
  reference: string
  /** Throws RangeError where it is no date. */
  date: () => PlainDate
  lines: { account: string; debit: unknown; credit: unknown }[]
}

/** Reads an entry. One that cannot be read stops nobody: of ours it is told what cannot, and one of others is left out (null). */
export function readEntry({ id, reference, date: dateOf, lines: told }: ToldEntry): FoundEntry | null {
  const date = readDate(dateOf)
  const lines = told.flatMap(({ account, debit, credit }) => {
    const [left, right] = [agorotOf(debit), agorotOf(credit)]
    return left === null || right === null ? [] : [{ account, debit: left, credit: right }]
  })
  const isWhole = lines.length === told.length
  if (date && isWhole) return { id, reference, date, lines }
  return isOurs(reference) ? { id, reference, unreadable: [...(isWhole ? [] : ['amount' as const]), ...(date ? [] : ['date' as const])] } : null
}

function readDate(dateOf: () => PlainDate): PlainDate | null {
  try {
    return dateOf()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Nothing is zero; null where it is no amount. */
function agorotOf(shekels: unknown): number | null {
  if (shekels === null || shekels === undefined) return 0
  const isAmount = typeof shekels === 'number' || (typeof shekels === 'string' && /^\s*(-?\d+(\.\d*)?)?\s*$/.test(shekels))
  const agorot = isAmount ? Math.round(Number(shekels) * 100) : NaN
  return Number.isSafeInteger(agorot) ? agorot : null
}
