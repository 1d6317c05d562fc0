/**
 * Why what was done, what was billed and the money of one period differ. Each part is added up by itself from what it names; that they make up
 * the whole difference is `explains`, and a test of the database.
 */

/** From performed to billed. */
export const performedToBilled = [
  'doneNotBilled', // done in the period, no bill by its end
  'billedBefore', // done in the period, billed before it
  'billedOtherwise', // done and billed in the period, at another sum: a discount, another price
  'earlierVisits', // billed in the period, done before
  'notDone', // billed in the period, for a visit that was not done by its end
  'billedAnew', // a visit's second bill, after a credit
  'advances', // receipted in the period, before the visit's bill
  'deducted', // of bills of the period, or of before: paid by advances
  'credits', // credit notes
  'advancesGone', // cheques of advances that are gone, and were not taxed
] as const

/** From billed to cash. */
export const billedToCash = [
  'notPaid', // billed in the period, and not paid in it
  'rounding', // of cash to ten agorot
  'earlierDebts', // paid in the period, billed before
  'moneyWaiting', // money of the period that has its document later, less money of before that has it now
  'earlierByAdvance', // bills of before, settled by advances
  'creditsKept', // credited in the period and not given back, less what was given back of before
  'chequesGone', // less what came in their stead
] as const

export type ExplainedPart = (typeof performedToBilled)[number] | (typeof billedToCash)[number]

export interface Explanation {
  performed: number
  billed: number
  cash: number
  /** Agorot with VAT, above nothing where it makes the next view more. */
  parts: Record<ExplainedPart, number>
}

/** Whether the parts add up to the differences, to the agora. */
export const explains = ({ performed, billed, cash, parts }: Explanation): boolean =>
  performed + sumOf(performedToBilled, parts) === billed && billed + sumOf(billedToCash, parts) === cash

const sumOf = (names: readonly ExplainedPart[], parts: Explanation['parts']): number => names.reduce((sum, name) => sum + parts[name], 0)
