import type { BillLine } from '@yoman/db/invoices/bill'
import { costOf } from '@yoman/domain/invoices/discount'
import type { LinePart } from '@yoman/domain/invoices/payer-parts'
import type { Agorot } from '@yoman/domain/money/agorot'

/** What a line says of which somebody pays a part. */
export type PartText = (line: Pick<BillLine, 'description' | 'quantity'>, total: Agorot) => string

/** Lines of the visit's own document: what is left of each, with all of its discount, so that prices less discounts of all documents make up the price of the visit. */
export const ownLines = (parts: readonly LinePart<BillLine>[], words: PartText): BillLine[] =>
  parts.flatMap(({ line, amount }) => {
    if (amount === costOf(line)) return [line]
    return amount === 0 ? [] : [{ ...pieceOf({ line, amount }, words), unitPrice: amount + line.discount, discount: line.discount }]
  })

/** Lines of the document of somebody who pays a part: only what it pays for. */
export const linesOfPart = (parts: readonly LinePart<BillLine>[], words: PartText): BillLine[] =>
  parts.filter(({ amount }) => amount > 0).map(({ line, amount }) => (amount === costOf(line) ? line : { ...pieceOf({ line, amount }, words), unitPrice: amount, discount: 0 }))

const pieceOf = ({ line }: LinePart<BillLine>, words: PartText): BillLine => ({ ...line, description: words(line, costOf(line)), quantity: 1 })
