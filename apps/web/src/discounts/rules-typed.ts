import type { DiscountRules } from '@yoman/contract/discounts'
import { type LimitedRole, limitedRoles } from '@yoman/domain/invoices/discount'
import { readPercent } from '../settings/price-lists/read-percent.ts'

/** The rules as they are typed: percentages by role, one reason a line. */
export interface RulesTyped {
  limits: Record<LimitedRole, string>
  reasons: string
}

const [mostReasons, mostLetters] = [20, 120]

/** What is sent; null where something typed is no percentage of a line, or no reason. An empty limit is none at all: nothing may be taken off. */
export function readRules({ limits, reasons }: RulesTyped): Omit<DiscountRules, 'version'> | null {
  const read = limitedRoles.map((role) => [role, limits[role].trim() === '' ? 0 : readPercent(limits[role])] as const)
  const said = reasons.split('\n').map((reason) => reason.trim()).filter((reason) => reason !== '')
  if (read.some(([, limit]) => limit === undefined || limit < 0 || limit > 10_000) || said.length > mostReasons || said.some((reason) => reason.length > mostLetters)) return null
  return { limits: Object.fromEntries(read), reasons: said }
}
