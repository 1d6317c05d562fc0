import type { CardBrand, InvoiceKind, PaymentMethod } from '@yoman/domain/invoices/invoice'
import type { Direction } from '../bidi.ts'

/** Everything a document says in one language. `{…}` is filled in literally. */
export interface Words {
  language: string
  direction: Direction
  kinds: Record<InvoiceKind, string>
  /** "No. {number}" */
  number: string
  marks: { original: string; copy: string; draft: string }
  computerised: string
  signedBy: string
  licensedDealer: string
  phone: string
  email: string
  to: string
  nationalId: string
  /** Under the name of an organisation that pays: "For {name}" */
  forPatient: string
  /** The Tax Authority's number, and what a tax invoice says that left without one. */
  allocationNumber: string
  noInputTax: string
  date: string
  basedOn: string
  reason: string
  columns: { line: string; description: string; quantity: string; unitPrice: string; discount: string; total: string }
  pricesWithVat: string
  sumsInShekels: string
  net: string
  /** "Value added tax {rate}" */
  vat: string
  rounding: string
  total: string
  /** Of a receipt. */
  received: string
  credited: string
  /** Of a refund. */
  refunded: string
  refundBeforeRounding: string
  refunds: string
  due: string
  deducted: string
  chequeVoucher: string
  chequeGone: string
  chequeNoPayment: string
  taxInvoiceStands: string
  paidInFull: string
  payments: string
  methods: Record<PaymentMethod, string>
  brands: Record<CardBrand, string>
  /** "No. {number}, bank {bank}, branch {branch}, account {account}, due {due}" */
  cheque: string
  /** "{count} instalments" */
  instalments: string
  paymentColumns: { method: string; date: string; reference: string; amount: string }
  notTaxInvoice: string
  taxInvoiceFollows: string
  page: string
  /** What the one line of a document of money says. */
  lines: {
    /** "{number}" of the transaction invoice. */
    onAccount: string
    partOf: string
    restOf: string
    /** "{date}" of the visit. */
    advance: string
    /** "{number}" of the voucher. */
    inStead: string
    /** "{number}" of the cheque, "{reason}". */
    chequeReturned: string
    chequeGivenBack: string
    /** "{kind}" and "{number}" of the document it corrects. */
    partCredit: string
    /** "{number}" of the credit note. */
    refund: string
  }
}
