import { type Static, Type } from 'typebox'
import { Choice, DateText, Exact, InstantText, Nullable, Uuid } from './common.ts'
import { invoiceKinds, paymentMethods } from './invoices.ts'
import { file, routeTable } from './route.ts'

const Amount = Type.Integer({ description: 'agorot' })
const Count = Type.Integer({ minimum: 0 })
const Who = Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() })
const language = Choice(['he', 'en'])

/** A doctor's day-book: who was received, in the order of admission, and what was received of them. */
export const DayBook = Exact({
  day: DateText,
  rows: Type.Array(
    Exact({
      id: Uuid,
      branchId: Uuid,
      /** Null where money came from somebody who was not received that day. */
      admittedAt: Nullable(InstantText),
      patient: Who,
      money: Type.Array(
        Exact({
          id: Uuid,
          method: Choice(paymentMethods),
          amountAgorot: Type.Integer({ description: 'agorot; below nothing where it was given back' }),
          receivedAt: InstantText,
          receipt: Nullable(Exact({ id: Uuid, kind: Choice(invoiceKinds), number: Type.Integer() })),
          /** Who stands on the document where that is not the patient; else empty. */
          payer: Type.String(),
          /** A cheque that the patient took back the same day; it is in no sum. */
          tookBack: Type.Boolean(),
        }),
      ),
      /** Transaction invoices (300) of the day: nothing came in, and they say who pays. */
      requests: Type.Array(Exact({ id: Uuid, number: Type.Integer(), totalAgorot: Amount, payer: Type.String() })),
    }),
  ),
  /** The day by its means, as the cash desk counts it. */
  sums: Type.Array(Exact({ method: Choice(paymentMethods), payments: Count, refunds: Count, refundedAgorot: Amount, totalAgorot: Amount })),
})
export type DayBook = Static<typeof DayBook>

const day = { day: DateText, /** Without it all branches that one works in. */ branchId: Type.Optional(Uuid) }

export const registerRoutes = routeTable({
  'GET /registers/day-book': {
    permission: 'cash.read',
    audit: 'none', // the day as the diary and the cash desk show it
    summary: "The doctor's day-book: who was received on a day in the order of admission, what was received of them, and the day's sums by means.",
    query: Exact(day),
    status: 200,
    response: DayBook,
  },
  'GET /registers/day-book/pdf': { permission: 'cash.read', audit: 'read', summary: 'The same as a PDF, with everything that a print of the books must say.', query: Exact({ ...day, language }), status: 200, response: file('application/pdf') },
  'GET /registers/day-book/csv': { permission: 'cash.read', audit: 'read', summary: 'The same as a CSV file for a spreadsheet; sums in shekels.', query: Exact({ ...day, language }), status: 200, response: file('text/csv') },
})
