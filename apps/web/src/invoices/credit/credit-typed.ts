import type { Invoice } from '@yoman/contract/invoices'
import type { Means, MoneyBack } from '@yoman/contract/means'
import { piecesOf } from '@yoman/domain/invoices/discount'
import type { Words } from '../../locales/words.ts'
import { suggested } from '../means.ts'
import { readShekels } from '../read-shekels.ts'

/** How much of a document is credited, as it is typed. `lines` are pieces by the line's number. */
export interface PartTyped {
  how: 'rest' | 'lines' | 'amount'
  amount: string
  lines: Record<number, number>
}

/** One means by which money goes back, as it is typed. */
export interface BackTyped {
  method: Means['method']
  amount: string
  reference: string
}

export const leftToCredit = ({ totalAgorot, creditedAgorot }: Pick<Invoice, 'totalAgorot' | 'creditedAgorot'>): number => totalAgorot - creditedAgorot

/** Lines of which pieces can still be credited. */
export const openLines = ({ lines }: Pick<Invoice, 'lines'>): (Invoice['lines'][number] & { left: number })[] =>
  lines.map((line) => ({ ...line, left: line.quantity - line.creditedQuantity })).filter(({ left, totalAgorot }) => left > 0 && totalAgorot > 0)

/** What so many pieces of a line give back, as the server counts it. */
export const pieceSum = ({ totalAgorot, quantity, creditedQuantity }: Invoice['lines'][number], pieces: number): number => piecesOf({ total: totalAgorot, quantity }, creditedQuantity, pieces)

/** Agorot that would be credited; null while what was typed is no part of what is left. */
export function creditOf(invoice: Invoice, part: PartTyped): number | null {
  const left = leftToCredit(invoice)
  if (part.how === 'rest') return left
  const sum = part.how === 'amount' ? readShekels(part.amount) : openLines(invoice).reduce((all, line) => all + pieceSum(line, part.lines[line.line] ?? 0), 0)
  return sum === null || sum <= 0 || sum > left ? null : sum
}

/** Why `creditOf` has no sum: no line is ticked, or the sum is none, or more than is left. */
export const whyNoCredit = ({ how, lines }: PartTyped): Words => (how === 'lines' && Object.values(lines).every((quantity) => quantity === 0) ? 'invoices.credit.nothingChosen' : 'invoices.credit.amountWrong')

/** The part as it is sent. */
export function partToSend(part: PartTyped, agorot: number): { rest: true } | { amountAgorot: number } | { lines: { line: number; quantity: number }[] } {
  if (part.how === 'rest') return { rest: true }
  if (part.how === 'amount') return { amountAgorot: agorot }
  return { lines: Object.entries(part.lines).filter(([, quantity]) => quantity > 0).map(([line, quantity]) => ({ line: Number(line), quantity })) }
}

type Moved = Pick<MoneyBack, 'amountAgorot'> & { method: Means['method'] }

/** Money goes back the way it came: the sum is shared out over the means of the payments, in their order, less what went `back` by them before. A cheque is given back by transfer. */
export function backOver(agorot: number, payments: readonly Moved[], back: readonly Moved[] = []): BackTyped[] {
  const sums = new Map<Means['method'], number>()
  const gone = new Map(back.map(({ method, amountAgorot }) => [method, amountAgorot]))
  let left = agorot
  for (const { method, amountAgorot } of payments) {
    const by = method === 'cheque' ? 'transfer' : method
    const before = Math.min(gone.get(by) ?? 0, amountAgorot)
    gone.set(by, (gone.get(by) ?? 0) - before)
    const part = Math.min(left, amountAgorot - before)
    if (part > 0) sums.set(by, (sums.get(by) ?? 0) + part)
    left -= part
  }
  // Cash that was rounded up or down when it was taken.
  const [first] = sums.keys()
  if (left > 0) sums.set(first ?? 'transfer', (sums.get(first ?? 'transfer') ?? 0) + left)
  return [...sums].map(([method, sum]) => ({ method, amount: suggested(method, sum), reference: '' }))
}

export const sumOfBack = (rows: readonly BackTyped[]): number => rows.reduce((sum, { amount }) => sum + (readShekels(amount) ?? 0), 0)

/** What is sent, or why it cannot be. `most` is what may be given back; cash may be rounded above it. */
export function readBack(rows: readonly BackTyped[], most: number): MoneyBack[] | Words {
  const means: MoneyBack[] = []
  for (const { method, amount, reference } of rows) {
    const amountAgorot = readShekels(amount)
    if (amountAgorot === null || method === 'cheque') return 'invoices.credit.rowWrong'
    if (method === 'card' && reference.trim() === '') return 'invoices.credit.approvalMissing'
    means.push({ method, amountAgorot, reference: reference.trim() })
  }
  return sumOfBack(rows) > most + (rows.some(({ method }) => method === 'cash') ? 5 : 0) ? 'invoices.credit.tooMuch' : means
}

/** Agorot that a document says: of a refund what went back, since its own total also settles what the rounding of cash left over. */
export const saidTotal = ({ kind, totalAgorot, refunds }: Pick<Invoice, 'kind' | 'totalAgorot' | 'refunds'>): number => (kind === '410' && refunds.length > 0 ? refunds.reduce((sum, { amountAgorot }) => sum + amountAgorot, 0) : totalAgorot)
