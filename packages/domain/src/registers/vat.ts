import { Temporal } from 'temporal-polyfill'
import type { BookSummary, VatSums } from '../books/summary.ts'
import type { Agorot } from '../money/agorot.ts'
import { Refusal } from '../refusal.ts'
import { type PlainDate, plainDate } from '../time.ts'

export interface VatPeriod {
  from: PlainDate
  to: PlainDate
}

/**
 * One month, or the pair that begins with it: pairs begin in January, March and so on. @param month `2026-11`. Refuses
 * `book_period_invalid`: no such pair, or it has not begun.
 */
export function vatPeriod(month: string, months: number, today: PlainDate): VatPeriod {
  const from = plainDate(`${month}-01`)
  if ((months === 2 && from.month % 2 === 0) || Temporal.PlainDate.compare(from, today) > 0) throw new Refusal('book_period_invalid')
  return { from, to: from.add({ months }).subtract({ days: 1 }) }
}

/** Sales for the VAT return, in whole shekels, none below nothing. The inputs are the accountant's: no purchases are kept here. */
export interface VatReturn {
  taxable: number
  vat: number
  /** Sales at the rate of zero and exempt ones; documents do not tell the two apart. */
  untaxed: number
  /** Credit notes stand apart: they reduce VAT only once the customer acknowledged them (bookkeeping instructions §23א(3)). */
  creditTaxable: number
  creditVat: number
  creditUntaxed: number
  /** Documents behind it. */
  sales: number
  untaxedSales: number
  credits: number
  untaxedCredits: number
}

/** From the books' own sums by rate, and how many documents of each rate declare a sale. Rounded once, at the end: VAT Law §139. */
export function vatReturn(rates: readonly VatSums[], sales: ReadonlyMap<number, number>): VatReturn {
  const of = (taxed: boolean): VatSums[] => rates.filter(({ basisPoints }) => basisPoints > 0 === taxed)
  const sum = (taxed: boolean, pick: (one: VatSums) => Agorot): Agorot => of(taxed).reduce((total, one) => total + pick(one), 0)
  const count = (taxed: boolean): number => sum(taxed, ({ basisPoints }) => sales.get(basisPoints) ?? 0)
  return {
    taxable: wholeShekels(sum(true, ({ netAgorot }) => netAgorot)), vat: wholeShekels(sum(true, ({ vatAgorot }) => vatAgorot)), untaxed: wholeShekels(sum(false, ({ netAgorot }) => netAgorot)),
    creditTaxable: wholeShekels(sum(true, ({ creditNetAgorot }) => creditNetAgorot)), creditVat: wholeShekels(sum(true, ({ creditVatAgorot }) => creditVatAgorot)), creditUntaxed: wholeShekels(sum(false, ({ creditNetAgorot }) => creditNetAgorot)),
    sales: count(true), untaxedSales: count(false), credits: sum(true, ({ credits }) => credits), untaxedCredits: sum(false, ({ credits }) => credits),
  }
}

/** Half a shekel goes up (VAT Law §139). @param agorot not below nothing. */
export const wholeShekels = (agorot: Agorot): number => Math.floor((agorot + 50) / 100)

/** A month or two of sales, as the books sum them. */
export interface VatReport extends VatPeriod {
  rates: VatSums[]
  sums: VatReturn
  kinds: BookSummary['kinds']
}
