import { type Static, Type } from 'typebox'
import { Exact, Nullable, Uuid } from './common.ts'
import { Amount, Measure } from './discounts.ts'

/** Its treatments, by the ids of the bill's lines; null: all of the visit. */
export const PartProcedures = Nullable(Type.Array(Uuid, { minItems: 1, maxItems: 100, uniqueItems: true }))

/** What an organisation pays of a visit that another is billed the rest of. */
export const PayerPart = Exact({
  organisationId: Uuid,
  name: Type.String(),
  nameLatin: Type.String(),
  /** Of what its treatments cost. */
  part: Measure,
  procedureIds: PartProcedures,
  /** What it comes to now; once it is billed, what its document asks for. */
  totalAgorot: Amount,
  /** Whether it may be changed: it has no document, or all that came of it was credited. */
  open: Type.Boolean(),
  /** The transaction invoice that asks for it. */
  invoice: Nullable(Exact({ id: Uuid, number: Type.Integer(), balanceAgorot: Amount })),
})
export type PayerPart = Static<typeof PayerPart>
