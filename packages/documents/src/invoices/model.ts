import type { Invoice, InvoiceReference, Payment } from '@yoman/domain/invoices/invoice'
import { printedDigits } from '@yoman/domain/allocation-numbers/needs'
import { sumOf } from '@yoman/domain/money/agorot'
import type { DocumentLanguage } from '@yoman/domain/plans/shown'
import { readPhone, showPhone } from '@yoman/domain/people/phone'
import { isolated, leftToRight, type Direction } from '../bidi.ts'
import { isWritable } from '../fonts.ts'
import { dayFirst, fill, percent, shekels } from '../format.ts'
import { wordsIn } from '../locales/in-language.ts'
import type { Words } from '../locales/words.ts'
import type { Table } from '../table.ts'

/** A document as words, in the order they are read; the drawing only places them. */
export interface InvoiceModel {
  direction: Direction
  meta: { title: string; author: string; language: string; createdAtMs: number }
  letterhead: { name: string; lines: string[] }
  heading: string
  /** The same in Hebrew, with what the law wants to stand on it, below a heading in another language. */
  legalHeading: string
  number: string
  mark: string
  computerised: string
  payer: { label: string; name: string; lines: string[] }
  facts: { label: string; value: string }[]
  lines: Table
  priceNote: string
  totals: { label: string; value: string; strong: boolean }[]
  payments: { title: string; stamp: string; table: Table } | null
  notes: string[]
  footer: { left: string; page: string }
}

export interface Letterhead {
  name: string
  branchName: string
  phone: string
  email: string
}

export interface Rendering {
  /** The patient's. */
  language: DocumentLanguage
  /** `original` once in a document's life, `copy` ever after (bookkeeping rules, appendix ה'(א)(4)). */
  mark: 'original' | 'copy' | 'draft'
  /** Used where no font can write the payer's name: scripts other than Hebrew, Latin, Arabic, Cyrillic and Greek. */
  payerNameLatin?: string
  /** Who signs the file, as the certificate has it; left out where nobody does. */
  signedBy?: string
}

/** The mandatory fields of VAT regulation 9א and of the bookkeeping rules §5 and §9, in one language. */
export function invoiceDocument(invoice: Invoice, clinic: Letterhead, rendering: Rendering): InvoiceModel {
  const words = wordsIn[rendering.language]
  const heading = headingOf(invoice, words)
  const payerName = payerNameOf(invoice, rendering)
  return {
    direction: words.direction,
    meta: { title: `${heading} ${invoice.number}`, author: invoice.business.legalName, language: words.language, createdAtMs: invoice.issuedAtMs },
    letterhead: { name: isolated(clinic.name), lines: letterheadLines(invoice, clinic, words) },
    heading,
    legalHeading: rendering.language === 'he' ? '' : isolated([headingOf(invoice, wordsIn.he), wordsIn.he.marks[rendering.mark], wordsIn.he.computerised].join(' · ')),
    number: fill(words.number, { number: leftToRight(String(invoice.number)) }),
    mark: words.marks[rendering.mark],
    computerised: words.computerised,
    payer: { label: words.to, name: isolated(payerName), lines: payerLines(invoice, words) },
    facts: facts(invoice, words),
    lines: lineTable(invoice, words),
    priceNote: withoutVat(invoice) ? words.sumsInShekels : words.pricesWithVat,
    totals: totals(invoice, words),
    payments: invoice.payments.length > 0 ? paymentTable(invoice, words) : null,
    notes: [...noteOf(invoice, words), ...(invoice.allocation === 'without' ? [words.noInputTax] : []), ...signedNote(rendering, words)],
    footer: { left: `${words.computerised} · ${isolated(clinic.name)}`, page: words.page },
  }
}

const headingOf = (invoice: Invoice, words: Words): string => (isOfCheque(invoice) ? words.chequeVoucher : words.kinds[invoice.kind])

/** What the kind of a document leaves to be told. */
function noteOf(invoice: Invoice, words: Words): string[] {
  if (invoice.kind === '300') return [words.notTaxInvoice]
  if (invoice.kind === '400') return [invoice.basedOn?.kind === '410' ? words.taxInvoiceStands : words.taxInvoiceFollows]
  return isOfCheque(invoice) ? [words.chequeNoPayment] : []
}

const signedNote = ({ signedBy }: Rendering, words: Words): string[] => (signedBy === undefined ? [] : [fill(words.signedBy, { name: isolated(signedBy) })])

function payerNameOf(invoice: Invoice, { payerNameLatin }: Rendering): string {
  return isWritable(invoice.payer.name) || !payerNameLatin ? invoice.payer.name : payerNameLatin
}

function letterheadLines({ business }: Invoice, clinic: Letterhead, words: Words): string[] {
  return [
    isolated(clinic.branchName && clinic.branchName !== clinic.name ? `${business.legalName} · ${clinic.branchName}` : business.legalName),
    fill(words.licensedDealer, { number: leftToRight(business.vatNumber) }),
    isolated(business.address),
    clinic.phone && fill(words.phone, { phone: leftToRight(phoneText(clinic.phone)) }),
    clinic.email && fill(words.email, { email: leftToRight(clinic.email) }),
  ].filter((line) => line !== '')
}

function payerLines({ payer }: Invoice, words: Words): string[] {
  return [
    payer.dealerNumber && fill(words.licensedDealer, { number: leftToRight(payer.dealerNumber) }), payer.address && isolated(payer.address),
    payer.nationalId && fill(words.nationalId, { id: leftToRight(payer.nationalId) }), payer.forName && fill(words.forPatient, { name: isolated(payer.forName) }),
  ].filter((line): line is string => line !== undefined && line !== '')
}

function facts(invoice: Invoice, words: Words): InvoiceModel['facts'] {
  return [
    { label: words.date, value: leftToRight(dayFirst(invoice.issuedOn)) },
    ...(invoice.basedOn ? [{ label: words.basedOn, value: referenceText(invoice.basedOn, words) }] : []),
    ...(typeof invoice.allocation === 'object' && invoice.allocation ? [{ label: words.allocationNumber, value: leftToRight(printedDigits(invoice.allocation.number)) }] : []),
    ...(invoice.reason ? [{ label: words.reason, value: isolated(invoice.reason) }] : []),
  ]
}

const referenceText = ({ kind, number, issuedOn }: InvoiceReference, words: Words): string =>
  `${words.kinds[kind]} ${leftToRight(String(number))}, ${leftToRight(dayFirst(issuedOn))}`

/** Each line with its price, what was taken off it, and its total (VAT regulation 9א, bookkeeping rules §9(א)); a column of discounts only where there is one. */
function lineTable(invoice: Invoice, { columns }: Words): Table {
  const isDiscounted = invoice.lines.some(({ discount = 0 }) => discount > 0)
  return {
    columns: [
      { title: columns.line, share: 0.06, align: 'start' },
      { title: columns.description, share: isDiscounted ? 0.33 : 0.42, align: 'start' },
      { title: columns.quantity, share: isDiscounted ? 0.1 : 0.12, align: 'center' },
      { title: columns.unitPrice, share: isDiscounted ? 0.17 : 0.2, align: 'figures' },
      ...(isDiscounted ? [{ title: columns.discount, share: 0.14, align: 'figures' as const }] : []),
      { title: columns.total, share: 0.2, align: 'figures' },
    ],
    rows: invoice.lines.map((line, index) => [
      leftToRight(String(index + 1)), isolated(line.description), leftToRight(String(line.quantity)),
      leftToRight(shekels(line.unitPrice)), ...(isDiscounted ? [leftToRight(shekels(0 - (line.discount ?? 0)))] : []), leftToRight(shekels(line.total)),
    ]),
  }
}

function totals(invoice: Invoice, words: Words): InvoiceModel['totals'] {
  const row = (label: string, sum: number, strong = false) => ({ label, value: leftToRight(shekels(sum)), strong })
  const rounding = roundingOf(invoice)
  const { deducted = [] } = invoice
  // A receipt declares no VAT: that is due when its cheques mature. A refund declares none: its credit note did.
  if (invoice.kind === '400') return [row(words.received, invoice.total, true)]
  if (invoice.kind === '410') return [...(rounding === 0 ? [] : [row(words.refundBeforeRounding, invoice.total), row(words.rounding, rounding)]), row(isOfCheque(invoice) ? words.chequeGone : words.refunded, invoice.total + rounding, true)]
  return [
    row(words.net, invoice.net),
    row(fill(words.vat, { rate: leftToRight(percent(invoice.vatBasisPoints)) }), invoice.vat),
    row(invoice.kind === '330' ? words.credited : words.total, invoice.total, invoice.kind !== '300'),
    ...(rounding === 0 ? [] : [row(words.rounding, rounding)]),
    ...deducted.map(({ amount, ...reference }) => row(fill(words.deducted, { document: referenceText(reference, words) }), -amount)),
    ...(invoice.kind === '300' ? [row(words.due, invoice.total - sumOf(deducted.map(({ amount }) => amount)), true)] : []),
  ]
}

/** A voucher of a cheque that is gone: all others give back by other means. */
const isOfCheque = ({ kind, payments }: Invoice): boolean => kind === '410' && payments.some(({ method }) => method === 'cheque')

const withoutVat = ({ kind }: Invoice): boolean => kind === '400' || kind === '410'

/** What cash left over or added: the law rounds the money that changes hands, not the price. */
const roundingOf = ({ payments, total }: Invoice): number =>
  payments.length === 0 ? 0 : sumOf(payments.map((payment) => payment.amount)) - total

function paymentTable(invoice: Invoice, words: Words): InvoiceModel['payments'] {
  const { method, date, reference, amount } = words.paymentColumns
  return {
    title: isOfCheque(invoice) ? words.methods.cheque : invoice.kind === '410' ? words.refunds : words.payments,
    stamp: invoice.kind === '320' ? words.paidInFull : '',
    table: {
      columns: [
        { title: method, share: 0.3, align: 'start' },
        { title: date, share: 0.2, align: 'start' },
        { title: reference, share: 0.3, align: 'start' },
        { title: amount, share: 0.2, align: 'figures' },
      ],
      rows: invoice.payments.map((payment) => paymentRow(payment, words)),
    },
  }
}

const paymentRow = (payment: Payment, words: Words): string[] => [
  words.methods[payment.method], leftToRight(dayFirst(payment.receivedOn)), meansText(payment, words), leftToRight(shekels(payment.amount)),
]

/** What finds the money again: of a cheque what the law wants written (bookkeeping rules §5(ב)), of a card what its slip says. */
function meansText({ cheque, card, reference }: Payment, words: Words): string {
  const parts = [
    cheque && fill(words.cheque, { number: leftToRight(cheque.number), bank: leftToRight(cheque.bank), branch: leftToRight(cheque.branch), account: leftToRight(cheque.account), due: leftToRight(dayFirst(cheque.dueOn)) }),
    card?.brand && words.brands[card.brand],
    card?.lastFour && leftToRight(card.lastFour),
    card && card.instalments > 1 && fill(words.instalments, { count: leftToRight(String(card.instalments)) }),
    reference && isolated(reference),
  ]
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' · ')
}

/** The clinic's number as people of its country dial it; what is no whole number is printed as it was typed. */
function phoneText(typed: string): string {
  const number = readPhone(typed)
  return number === null ? typed : showPhone(number)
}
