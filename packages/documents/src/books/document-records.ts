import type { BookDocument } from '@yoman/domain/books/book-document'
import type { Cheque, InvoiceLine, Payment, PaymentMethod } from '@yoman/domain/invoices/invoice'
import { divideRounding } from '@yoman/domain/money/agorot'
import { vatOfGross } from '@yoman/domain/money/vat'
import type { PlainDate, PlainTime } from '@yoman/domain/time'
import { firstReadable } from './clean-text.ts'
import { writeRecord } from './record.ts'

export interface Place {
  /** The business's number, nine digits. */
  vatNumber: string
  /** Whether the clinic has several branches: then each record names its own, an account the first. */
  branches: boolean
  /** Ties a document's records together, 1 for the first of the file. */
  link: number
  /** The number of the next record. */
  next(): number
}

/** The records of one document: its header (C100), its lines (D110) and the money it receipts (D120). */
export const documentRecords = (document: BookDocument, place: Place): string[] => [header(document, place), ...lines(document, place), ...payments(document, place)]

function header(document: BookDocument, place: Place): string {
  const { customer, kind } = document
  const receipt = kind === '400'
  return writeRecord('C100', {
    1200: 'C100', 1201: place.next(), 1202: place.vatNumber, 1203: kind, 1204: String(document.number),
    1205: yyyymmdd(document.madeOn), 1206: hhmm(document.madeAt), 1207: firstReadable([...customer.names, customer.key]), 1208: customer.address,
    ...(customer.dealerNumber ? { 1215: customer.dealerNumber } : {}),
    1216: valueDate(document),
    1219: receipt ? document.total : document.net, 1221: receipt ? document.total : document.net, 1222: receipt ? 0 : document.vat, 1223: document.total,
    1225: customer.key, 1230: yyyymmdd(document.date), 1231: branchOf(place, document.branch), 1233: firstReadable([document.by]), 1234: place.link,
  })
}

/** Of a receipt (400) the day on which its money is due: the earliest of its cheques. Cheques of old have no day of their own. */
function valueDate({ kind, date, payments }: BookDocument): string {
  const days = kind === '400' ? payments.flatMap(({ cheque }) => (cheque ? [yyyymmdd(cheque.dueOn)] : [])) : []
  return days.sort()[0] ?? yyyymmdd(date)
}

/**
 * Lines without VAT: the document's net is shared out by their totals, so that they add up to it; a unit's price is rounded to the agora. A discount
 * stands with its line (1266), which is told after it, so the header has none of its own (1220).
 */
function lines(document: BookDocument, place: Place): string[] {
  const nets = shares(document.kind === '400' ? document.total : document.net, document.lines.map(({ total }) => total))
  return document.lines.map((line, index) => {
    const net = nets[index] ?? 0
    const { unit, discount } = priceOf(line, net, document.vatBasisPoints)
    return writeRecord('D110', {
      1250: 'D110', 1251: place.next(), 1252: place.vatNumber, 1253: document.kind, 1254: String(document.number), 1255: index + 1,
      1256: document.basedOn?.kind ?? 0, 1257: document.basedOn ? String(document.basedOn.number) : '', 1258: 1, 1259: line.item, 1260: firstReadable([line.description, line.item, 'שירות']),
      1263: 'יחידה', 1264: line.quantity * 10_000, 1265: unit, 1266: -discount, 1267: net,
      1268: document.kind === '400' ? 0 : document.vatBasisPoints,
      1270: branchOf(place, document.branch), 1272: yyyymmdd(document.date), 1273: place.link, 1274: document.basedOn ? branchOf(place, document.basedOn.branch) : '',
    })
  })
}

/** A unit's price without VAT, and what is off the line: what it would be without the discount, less what it is. One that VAT makes less than the rounding of a unit is in the price. */
function priceOf({ quantity, unitPrice, discount = 0 }: InvoiceLine, net: number, basisPoints: number): { unit: number; discount: number } {
  const unit = divideRounding(vatOfGross(quantity * unitPrice, basisPoints).net, quantity)
  return discount > 0 && unit * quantity > net ? { unit, discount: unit * quantity - net } : { unit: divideRounding(net, quantity), discount: 0 }
}

/** Cut from the running sum, so that the shares add up; in big numbers, since two sums of millions are multiplied. */
function shares(net: number, prices: readonly number[]): number[] {
  const whole = BigInt(prices.reduce((sum, price) => sum + price, 0))
  let [soFar, given] = [0n, 0]
  return prices.map((price) => {
    soFar += BigInt(price)
    const share = whole === 0n ? 0 : Number((BigInt(net) * soFar * 2n + whole) / (whole * 2n)) - given
    given += share
    return share
  })
}

/** Cash, cheque, card, transfer; money by an app is none of the named ones. */
const methodCode: Record<PaymentMethod, number> = { cash: 1, cheque: 2, card: 3, transfer: 4, bit: 9 }

const payments = (document: BookDocument, place: Place): string[] =>
  document.payments.map((payment, index) =>
    writeRecord('D120', {
      1300: 'D120', 1301: place.next(), 1302: place.vatNumber, 1303: document.kind, 1304: String(document.number), 1305: index + 1,
      1306: methodCode[payment.method], ...(payment.method === 'cheque' ? chequeFields(payment) : {}),
      1311: payment.method === 'cheque' || payment.method === 'card' ? yyyymmdd(payment.cheque?.dueOn ?? payment.receivedOn) : 0, 1312: payment.amount,
      ...(payment.method === 'card' ? cardFields(payment) : {}), 1320: branchOf(place, document.branch), 1322: yyyymmdd(document.date), 1323: place.link,
    }),
  )

const chequeFields = ({ cheque, reference }: Payment): Record<number, string> => {
  const { number, bank, branch, account } = cheque ?? inReference(reference)
  return { 1307: bank.slice(0, 10), 1308: branch.slice(0, 10), 1309: account.slice(0, 15), 1310: number.slice(-10) }
}

/** The reference of a cheque of old is its number, bank, branch and account, in this order (see `Payment`); what nobody wrote down stays zero. */
function inReference(reference: string): Omit<Cheque, 'dueOn'> {
  const [number = '0', bank = '0', branch = '0', account = '0'] = reference.match(/\d+/g) ?? []
  return { number, bank, branch, account }
}

/** The maker's name of the card, and whether it was paid at once (1) or in instalments (2). Who clears it is not known. */
const cardFields = ({ card }: Payment): Record<number, string | number> => ({ 1314: brandName[card?.brand ?? 'other'], 1315: (card?.instalments ?? 1) > 1 ? 2 : 1 })
const brandName = { visa: 'Visa', mastercard: 'Mastercard', isracard: 'Isracard', amex: 'American Express', diners: 'Diners', other: '' }

const branchOf = ({ branches }: Place, branch: number): string => (branches ? String(branch) : '')

export const yyyymmdd = (date: PlainDate): string => date.toString().slice(0, 10).replaceAll('-', '')
export const hhmm = (time: PlainTime): string => time.toString().slice(0, 5).replace(':', '')
