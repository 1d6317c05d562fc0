import { type Static, Type } from 'typebox'
import { ById, Choice, DateText, Exact, InstantText, Nullable, Page, PageQuery, Uuid } from './common.ts'
import { invoiceKinds } from './invoices.ts'
import { paymentMethods } from './means.ts'
import { file, routeTable } from './route.ts'

const Amount = Type.Integer({ description: 'agorot' })
const Count = Type.Integer({ minimum: 0 })
const Who = Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() })
const language = Choice(['he', 'en'])
const visitStatuses = ['held', 'booked', 'confirmed', 'arrived', 'called', 'in_treatment', 'completed', 'cancelled', 'no_show'] as const

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

/** A dentist's personal card of a patient. */
export const PatientCard = Exact({
  patient: Who,
  /** Of the patient in the books. */
  key: Type.String(),
  /** Whether treatments are told in the words of the note; else `description`, `tooth` and `surfaces` are empty. */
  clinical: Type.Boolean(),
  treatments: Type.Array(
    Exact({
      id: Uuid, on: DateText, name: Type.String({ description: 'as the price list calls it' }), nameEn: Type.String(), description: Type.String(), tooth: Type.String(), surfaces: Type.String(),
      quantity: Count, totalAgorot: Amount, by: Type.String(), byEn: Type.String(),
    }),
  ),
  documents: Type.Array(
    Exact({ id: Uuid, kind: Choice(invoiceKinds), number: Type.Integer(), on: DateText, totalAgorot: Amount, receivedAgorot: Type.Integer({ description: 'agorot that came with it; below nothing where they went back' }), owedAgorot: Amount }),
  ),
  treatedAgorot: Amount,
  receivedAgorot: Type.Integer({ description: 'agorot' }),
  owedAgorot: Amount,
  /** Came in and waits for its visit's document; in no other sum. */
  waitingAgorot: Amount,
})
export type PatientCard = Static<typeof PatientCard>

/** A line of the register of appointments: a visit, or the hour that one was moved away from. */
export const RegisteredVisit = Exact({
  id: Uuid,
  visitId: Uuid,
  branchId: Uuid,
  startsAt: InstantText,
  endsAt: InstantText,
  practitioner: Type.String(),
  practitionerEn: Type.String(),
  patient: Who,
  status: Choice(visitStatuses),
  /** Null for the visit itself. */
  movedTo: Nullable(InstantText),
  /** Oldest first; each a new status or a move. */
  history: Type.Array(
    Exact({
      at: InstantText,
      /** Of the staff; empty where the patient or the system did it. */
      by: Type.String(),
      byPatient: Type.Boolean(),
      status: Nullable(Choice(visitStatuses)),
      undone: Type.Boolean(),
      moved: Nullable(Exact({ from: InstantText, to: InstantText })),
    }),
  ),
})
export type RegisteredVisit = Static<typeof RegisteredVisit>

/** A debt that stands as given up. */
export const GivenUpDebt = Exact({
  id: Uuid,
  /** The day on which it was given up, on the wall of the document's branch. */
  on: DateText,
  branch: Type.String(),
  branchEn: Type.String(),
  /** A transaction invoice, or the voucher of a cheque that is gone. */
  invoice: Exact({ id: Uuid, kind: Choice(['300', '410']), number: Type.Integer() }),
  /** Who stands on the document where that is not the patient; else empty. */
  payer: Type.String(),
  payerLatin: Type.String(),
  patient: Who,
  amountAgorot: Amount,
  cameInAgorot: Type.Integer({ description: 'agorot that came in for the document since; below nothing where a cheque of before came back' }),
  reason: Type.String(),
  by: Type.String(),
  byEn: Type.String(),
})
export type GivenUpDebt = Static<typeof GivenUpDebt>

export const GivenUpDebts = Exact({
  ...Page(GivenUpDebt).properties,
  /** Of the whole period, whatever page this is. */
  totals: Exact({ documents: Count, amountAgorot: Amount, cameInAgorot: Amount }),
})
export type GivenUpDebts = Static<typeof GivenUpDebts>

/** Whole shekels, half a shekel up; none below nothing. */
const Shekels = Type.Integer({ minimum: 0, description: 'whole shekels' })

/** A month or two of sales for the VAT return. Inputs are not in it: no purchases are kept. */
export const VatReport = Exact({
  from: DateText,
  to: DateText,
  /** By the rate of the documents: tax invoices, and apart from them the credits, which reduce VAT only once they were acknowledged. */
  rates: Type.Array(Exact({ basisPoints: Type.Integer(), netAgorot: Amount, vatAgorot: Amount, credits: Count, creditNetAgorot: Amount, creditVatAgorot: Amount })),
  /** What goes into the return, rounded once. */
  sums: Exact({ taxable: Shekels, vat: Shekels, untaxed: Shekels, creditTaxable: Shekels, creditVat: Shekels, creditUntaxed: Shekels, sales: Count, untaxedSales: Count, credits: Count, untaxedCredits: Count }),
  kinds: Type.Array(Exact({ kind: Choice(invoiceKinds), count: Count, totalAgorot: Amount })),
  /** Documents of the period under another dealer's number, which are not in it. */
  otherBusiness: Count,
})
export type VatReport = Static<typeof VatReport>

const vatKinds = ['305', '320', '330'] as const
export const VatDocument = Exact({ id: Uuid, kind: Choice(vatKinds), number: Type.Integer(), issuedOn: DateText, payer: Type.String(), vatBasisPoints: Type.Integer(), netAgorot: Amount, vatAgorot: Amount, totalAgorot: Amount })
export type VatDocument = Static<typeof VatDocument>

const period = { /** The first month. */ month: Type.String({ pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])$' }), /** Two begin with an odd month. */ months: Type.Integer({ minimum: 1, maximum: 2 }) }

const days = { from: DateText, to: DateText, /** Without it all branches. */ branchId: Type.Optional(Uuid) }

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
  'GET /registers/vat': {
    permission: 'books.export',
    audit: 'none', // sums, of no patient
    summary: 'Sales of one month or two for the VAT return, by rate and rounded to shekels; credits apart.',
    query: Exact(period),
    status: 200,
    response: VatReport,
    problems: ['book_period_invalid'],
  },
  'GET /registers/vat/documents': {
    permission: 'books.export',
    audit: 'none', // as the list of documents
    summary: 'The documents behind it, oldest first.',
    query: Exact({ ...PageQuery, ...period, kind: Type.Optional(Choice(vatKinds)) }),
    status: 200,
    response: Page(VatDocument),
    problems: ['book_period_invalid'],
  },
  'GET /registers/vat/pdf': { permission: 'books.export', audit: 'read', summary: 'The report with its credits as a PDF.', query: Exact({ ...period, language }), status: 200, response: file('application/pdf'), problems: ['book_period_invalid'] },
  'GET /registers/vat/csv': { permission: 'books.export', audit: 'read', summary: 'The documents behind it as a CSV file for a spreadsheet; sums in shekels.', query: Exact({ ...period, language }), status: 200, response: file('text/csv'), problems: ['book_period_invalid'] },
  'GET /registers/vat/pcn874': {
    permission: 'books.export',
    audit: 'read',
    summary: 'The detailed VAT report (PCN874), of sales alone: inputs are zeros, for the accountant to add. With `credits` the credit notes reduce it, which they may once they were acknowledged.',
    query: Exact({ ...period, credits: Type.Boolean() }),
    status: 200,
    response: file('text/plain'),
    problems: ['book_period_invalid', 'vat_number_missing'],
  },
  'GET /patients/:id/card': {
    permission: 'invoice.read',
    audit: 'read',
    summary: 'The personal card of a patient: treatments, receipts and what is owed. What was done in the words of the note only for who may read notes; others see it as the price list calls it.',
    params: ById,
    status: 200,
    response: PatientCard,
  },
  'GET /patients/:id/card/pdf': { permission: 'invoice.read', audit: 'read', summary: 'The same as a PDF.', params: ById, query: Exact({ language }), status: 200, response: file('application/pdf') },
  'GET /patients/:id/card/csv': { permission: 'invoice.read', audit: 'read', summary: 'The same as a CSV file for a spreadsheet; sums in shekels.', params: ById, query: Exact({ language }), status: 200, response: file('text/csv') },
  'GET /registers/appointments': {
    permission: 'books.export',
    audit: 'read',
    summary: 'The advance appointment register: every visit of a period by its hour with its history, also what was cancelled, missed or moved away. Days are those of each branch, both included.',
    query: Exact({ ...PageQuery, ...days }),
    status: 200,
    response: Page(RegisteredVisit),
    problems: ['book_period_invalid'],
  },
  'GET /registers/appointments/pdf': { permission: 'books.export', audit: 'read', summary: 'The same as a PDF, of at most 31 days.', query: Exact({ ...days, language }), status: 200, response: file('application/pdf'), problems: ['book_period_invalid'] },
  'GET /registers/appointments/csv': { permission: 'books.export', audit: 'read', summary: 'The same as a CSV file for a spreadsheet, of any period.', query: Exact({ ...days, language }), status: 200, response: file('text/csv'), problems: ['book_period_invalid'] },
  'GET /registers/write-offs': {
    permission: 'report.read',
    audit: 'read', // who could not pay
    summary: "Debts given up in a period of a year at most that stand so, the oldest first, with what came in for them since. Days are the branch's, both included.",
    query: Exact({ ...PageQuery, ...days }),
    status: 200,
    response: GivenUpDebts,
    problems: ['report_period_invalid'],
  },
  'GET /registers/write-offs/csv': {
    permission: 'report.read',
    audit: 'read',
    summary: 'All of them as a CSV file for a spreadsheet; sums in shekels.',
    query: Exact({ ...days, language }),
    status: 200,
    response: file('text/csv'),
    problems: ['report_period_invalid'],
  },
})
