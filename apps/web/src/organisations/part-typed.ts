import type { Bill } from '@yoman/contract/invoices'
import type { PayerPart } from '@yoman/contract/payer-parts'
import { costOf, type Off } from '@yoman/domain/invoices/discount'
import { amountOf, partBill } from '@yoman/domain/invoices/payer-parts'
import { offOf } from '../discounts/discount-typed.ts'
import { typedPercent } from '../settings/price-lists/read-percent.ts'

/** A part as it is typed. */
export interface PartTyped {
  organisationId: string | null
  how: 'percent' | 'sum'
  amount: string
  /** Treatments that it does not pay for. */
  without: string[]
  /** Whether treatments are named: those that are still to be written are not among them. */
  named: boolean
}

/** The largest sum that is sent, in agorot: what a part comes to is never more than its treatments cost. */
const most = 100_000_000

/** As it stands; null: a new one, of all treatments. */
export function typedOf(part: PayerPart | null, { lines }: Bill): PartTyped {
  if (part === null) return { organisationId: null, how: 'percent', amount: '', without: [], named: false }
  const { organisationId, part: measure, procedureIds } = part
  const without = procedureIds === null ? [] : lines.flatMap(({ procedureId }) => (procedureId === null || procedureIds.includes(procedureId) ? [] : [procedureId]))
  return 'agorot' in measure ? { organisationId, how: 'sum', amount: String(measure.agorot / 100), without, named: procedureIds !== null } : { organisationId, how: 'percent', amount: typedPercent(measure.basisPoints), without, named: procedureIds !== null }
}

export const measureOf = (typed: PartTyped): Off | null => offOf(typed, most)

/** The treatments that it pays for; null: all, and those that are still to be written. */
export const proceduresOf = ({ without, named }: PartTyped, { lines }: Bill): string[] | null =>
  without.length === 0 && !named ? null : lines.flatMap(({ procedureId }) => (procedureId === null || without.includes(procedureId) ? [] : [procedureId]))

/** What it comes to and what it leaves to the payer of the visit, in agorot; null while nothing valid is typed. The server says the same. */
export function comesTo(typed: PartTyped, bill: Bill): { part: number; own: number } | null {
  const measure = measureOf(typed)
  if (measure === null) return null
  const lines = bill.lines.map(({ procedureId, quantity, unitPriceAgorot, discountAgorot }) => ({ procedureId, quantity, unitPrice: unitPriceAgorot, discount: discountAgorot }))
  const mine = { organisationId: typed.organisationId ?? '', part: measure, procedureIds: proceduresOf(typed, bill), billed: null }
  const standing = bill.parts.map((one) => (one.organisationId === typed.organisationId ? mine : { ...one, billed: one.open ? null : one.totalAgorot }))
  const { own, parts } = partBill(lines, standing.includes(mine) ? standing : [...standing, mine])
  return { part: amountOf(parts.find(({ organisationId }) => organisationId === mine.organisationId)?.lines ?? []), own: amountOf(own) }
}

/** What the treatments cost that it pays for. */
export const baseOf = ({ without }: PartTyped, { lines }: Bill): number =>
  lines.filter(({ procedureId }) => procedureId === null || !without.includes(procedureId)).reduce((sum, { quantity, unitPriceAgorot, discountAgorot }) => sum + costOf({ quantity, unitPrice: unitPriceAgorot, discount: discountAgorot }), 0)
