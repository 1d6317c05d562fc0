import { printedDigits } from '@yoman/domain/allocation-numbers/needs'
import { type VatReturn, wholeShekels } from '@yoman/domain/registers/vat'
import type { PlainDate } from '@yoman/domain/time'

/** A record of sales. Whole shekels; credits are below nothing. */
export interface PcnSale {
  /** Nine digits of a customer who is a dealer, named in a record of their own (`S`); null for all others together (`L`). */
  dealer: string | null
  on: PlainDate
  /** Of the document; of records of `L`, how many documents it sums. At most nine digits. */
  reference: number
  net: number
  vat: number
  /** Whether it is of a rate above nothing; its VAT may still round to nothing. */
  taxed: boolean
  /** Nine digits of its allocation number; left out where it has none. */
  allocation?: string
}

export interface PcnFile {
  /** Nine digits. */
  dealer: string
  /** The last day of the period reported. */
  to: PlainDate
  madeOn: PlainDate
  sales: readonly PcnSale[]
}

/**
 * The detailed VAT report (PCN874) with its sales alone: inputs are zeros. Fixed-width ASCII, CRLF; a header `O` of 131 characters, records
 * of 60, and `X` with the dealer at the end. Layout: Israel Tax Authority, "PCN874 file structure, appendix A" (2010), as told by
 * https://studylib.net/doc/8237787 and as the MIT generator `@accounter-toolkit/pcn874-generator` 0.3.0 writes it; the last nine digits of a
 * record are the allocation number since 2024. What is not sure stands in docs/BOOKS.md. Throws `RangeError` where a number is too long for
 * its place: cut off it would be another number.
 */
export function pcn874(file: PcnFile): string {
  const [taxed, untaxed] = [file.sales.filter((sale) => sale.taxed), file.sales.filter((sale) => !sale.taxed)]
  const sum = (sales: readonly PcnSale[], of: 'net' | 'vat'): number => sales.reduce((total, sale) => total + sale[of], 0)
  const header = [
    'O', digits(Number(file.dealer), 9), compact(file.to).slice(0, 6), '1', compact(file.madeOn),
    signed(sum(taxed, 'net'), 11), signed(sum(taxed, 'vat'), 9), signed(0, 11), signed(0, 9), // the second pair: sales at another rate
    digits(file.sales.length, 9), signed(sum(untaxed, 'net'), 11), signed(0, 9), signed(0, 9), digits(0, 9), // inputs: other, equipment, count
    signed(sum(taxed, 'vat'), 11),
  ]
  const records = file.sales.map(({ dealer, on, reference, net, vat, allocation }) => [dealer === null ? 'L' : 'S', dealer ?? digits(0, 9), compact(on), '0000', digits(reference, 9), digits(Math.abs(vat), 9), signed(net, 10), digits(Number(allocation ?? 0), 9)])
  return [header, ...records, ['X', file.dealer]].map((fields) => `${fields.join('')}\r\n`).join('')
}

/** A taxed document to a dealer, in agorot; a credit note is positive, and its kind says that it goes back. */
export interface DealerDocument {
  kind: '305' | '320' | '330'
  number: number
  issuedOn: PlainDate
  dealerNumber: string
  net: number
  vat: number
  allocation: string | null
}

/**
 * The records of dealers, each document its own, and what is left of the period's sums for all others: together they are the sums. The shekels
 * of a record are those by which the sum of the records so far grows, rounded as a whole: rounded each by itself they could be more than the sums.
 */
export function namedSales(documents: readonly DealerDocument[], sums: VatReturn, withCredits: boolean): { named: PcnSale[]; rest: VatReturn } {
  const sales = recordsOf(documents.filter(({ kind }) => kind !== '330'))
  const credits = withCredits ? recordsOf(documents.filter(({ kind }) => kind === '330')) : []
  const total = (of: readonly PcnSale[], pick: 'net' | 'vat'): number => of.reduce((sum, one) => sum + one[pick], 0)
  return {
    named: [...sales, ...credits.map((one) => ({ ...one, net: -one.net, vat: -one.vat }))],
    rest: {
      ...sums, taxable: sums.taxable - total(sales, 'net'), vat: sums.vat - total(sales, 'vat'), sales: sums.sales - sales.length,
      creditTaxable: sums.creditTaxable - total(credits, 'net'), creditVat: sums.creditVat - total(credits, 'vat'), credits: sums.credits - credits.length,
    },
  }
}

/** Documents that all go one way as records above nothing. */
function recordsOf(documents: readonly DealerDocument[]): PcnSale[] {
  const [net, vat] = [shekelsAlong(), shekelsAlong()]
  return documents.map((one) => ({
    dealer: one.dealerNumber, on: one.issuedOn, reference: one.number, net: net(one.net), vat: vat(one.vat), taxed: true, ...(one.allocation === null ? {} : { allocation: printedDigits(one.allocation) }),
  }))
}

/** Whole shekels of agorot that come one after another, whose sum is that of all agorot rounded once. */
function shekelsAlong(): (agorot: number) => number {
  let sum = 0
  return (agorot) => {
    const before = wholeShekels(sum)
    sum += agorot
    return wholeShekels(sum) - before
  }
}

/** The records of a period whose customers are private: sales, untaxed sales and, where they are acknowledged, credits, each as one. */
export function privateSales(sums: VatReturn, to: PlainDate, withCredits: boolean): PcnSale[] {
  const sale = (taxed: boolean, reference: number, net: number, vat = 0): PcnSale[] => (reference === 0 ? [] : [{ dealer: null, on: to, reference, net, vat, taxed }])
  return [
    ...sale(true, sums.sales, sums.taxable, sums.vat), ...sale(false, sums.untaxedSales, sums.untaxed),
    ...(withCredits ? [...sale(true, sums.credits, -sums.creditTaxable, -sums.creditVat), ...sale(false, sums.untaxedCredits, -sums.creditUntaxed)] : []),
  ]
}

function digits(value: number, length: number): string {
  const text = String(value)
  if (!Number.isInteger(value) || value < 0 || text.length > length) throw new RangeError(`${value} does not fit into ${length} digits`)
  return text.padStart(length, '0')
}

const signed = (value: number, length: number): string => `${value < 0 ? '-' : '+'}${digits(Math.abs(value), length)}`
const compact = (date: PlainDate): string => date.toString().replaceAll('-', '')
