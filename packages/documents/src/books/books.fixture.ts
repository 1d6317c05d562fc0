import { type Accounts } from '@yoman/domain/books/accounts'
import type { BookDocument } from '@yoman/domain/books/book-document'
import { receiptForCheques, taxInvoiceAtMaturity } from '@yoman/domain/invoices/cheques'
import { creditInvoice } from '@yoman/domain/invoices/credit'
import type { InvoiceDraft } from '@yoman/domain/invoices/invoice'
import { refundCredit } from '@yoman/domain/invoices/refund'
import { issueForPayment, issueForVisit } from '@yoman/domain/invoices/issue-for-visit'
import { plainDate, plainTime } from '@yoman/domain/time'
import { hebrewBytes } from './iso-8859-8.ts'
import { uniformFile, type UniformHeader } from './uniform-file.ts'

const day = plainDate('2026-11-10')
const vatRates = [{ validFrom: plainDate('2025-01-01'), basisPoints: 1800 }]

export const accounts: Accounts = {
  cash: { key: '1001', name: 'קופת מזומן' }, card: { key: '1002', name: 'כרטיסי אשראי' }, transfer: { key: '1003', name: 'העברות בנקאיות' }, bit: { key: '1004', name: 'תשלומי ביט' },
  cheque: { key: '1005', name: 'שיקים לגבייה' }, customers: { key: '2000', name: 'מטופלים' }, income: { key: '6000', name: 'הכנסות מטיפולים' }, vat: { key: '4000', name: 'מע"מ עסקאות' },
  rounding: { key: '7000', name: 'הפרשי עיגול' },
}

export const header: UniformHeader = {
  business: { vatNumber: '514238765', name: 'מרפאות שקד בע״מ', address: 'אבן גבירול 71', city: 'תל אביב-יפו' },
  software: { name: 'Yoman', version: '0.1.0', registration: '00000000', vendorVatNumber: '000000000', vendor: 'Yoman', packer: 'ZIP' },
  from: plainDate('2026-11-01'), to: plainDate('2026-11-30'), madeOn: plainDate('2026-11-30'), madeAt: plainTime('10:25'),
  primaryId: '123456789012345', folder: 'OPENFRMT/51423876.26/11301025', branches: true, accounts,
}

export const asBookDocument = (draft: InvoiceDraft, number: number, over: Partial<BookDocument> = {}): BookDocument => ({
  ...draft, number, date: day, madeOn: day, madeAt: plainTime('09:15'), branch: 1, by: 'דנה לוי', basedOn: draft.basedOn && { ...draft.basedOn, branch: 1 },
  customer: { key: 'P0123456789ABCD', names: ['נועה בן־דוד'], address: 'הרצל 12, חולון' },
  lines: draft.lines.map((line) => ({ ...line, item: 'A1' })), ...over,
})

/** A month with each kind of document, three of a thing, cash that is rounded, two means of payment, and a name that no byte can write. */
export function aMonth(): BookDocument[] {
  const lines = [{ description: 'ניקוי אבנית', quantity: 3, unitPrice: 10_001 }, { description: 'צילום (CT) 50%', quantity: 1, unitPrice: 23_456 }]
  const paid = issueForVisit({ lines, payments: [{ method: 'card', amount: 43_459, receivedOn: day, reference: '1234', card: { brand: 'visa', lastFour: '4580', instalments: 3 } }, { method: 'bit', amount: 10_000, receivedOn: day, reference: '' }], vatRates, taxPoint: day })
  const cash = issueForVisit({ lines: [{ description: 'בדיקה', quantity: 1, unitPrice: 18_003 }], payments: [{ method: 'cash', amount: 18_000, receivedOn: day, reference: '' }], vatRates, taxPoint: day })
  const request = issueForVisit({ lines, payments: [], vatRates, taxPoint: day })
  const part = issueForPayment({
    request: { ...request, number: 1, issuedOn: day }, receivedBefore: 0, vatRates, taxPoint: day, onAccount: 'על חשבון 1',
    payments: [{ method: 'cheque', amount: 20_000, receivedOn: day, reference: '4411, 12-605-778899' }],
  })
  const cheque = { method: 'cheque' as const, amount: 53_459, receivedOn: day, reference: '', cheque: { number: '101', bank: '12', branch: '605', account: '778899', dueOn: plainDate('2026-11-20') } }
  const receipt = receiptForCheques({ request: { ...request, number: 1, issuedOn: day }, receivedBefore: 0, payments: [cheque], onAccount: 'על חשבון 1' })
  const owed = taxInvoiceAtMaturity({ receipt: { ...receipt, number: 1, issuedOn: day }, request, cheque, vatRates, onAccount: 'שיק 101' })
  const back = creditInvoice({ original: { ...paid, number: 7, issuedOn: day }, creditedBefore: 0, vatBefore: 0, amount: 5_000, reason: 'טעות', description: 'זיכוי' })
  const refund = refundCredit({
    credit: { ...back, number: 1, issuedOn: day }, settledBefore: 0, paid: 53_459, givenBefore: 0, description: 'החזר',
    means: [{ method: 'card', amount: 2_000, receivedOn: day, reference: '77' }, { method: 'cash', amount: 3_000, receivedOn: day, reference: '' }],
  })
  const stranger = { key: 'P00000000000001', names: ['Иван Петров', 'José Ivanov'], address: '' }
  return [
    asBookDocument(request, 1), asBookDocument(paid, 7), asBookDocument(cash, 8, { branch: 2, customer: stranger, by: '' }), asBookDocument(part, 9),
    asBookDocument(owed, 1), asBookDocument(receipt, 1), asBookDocument(back, 1, { customer: stranger }), asBookDocument(refund, 1, { customer: stranger }),
  ]
}

export function written(documents: readonly BookDocument[], over: Partial<UniformHeader> = {}): { ini: string; data: string; counts: Record<string, number> } {
  const file = uniformFile({ ...header, ...over })
  const data = [file.open(), ...documents.map((document) => file.add(document)), file.close()].join('')
  return { ini: file.ini(), data, counts: file.counts() }
}

export const asBytes = ({ ini, data }: { ini: string; data: string }) => ({ ini: hebrewBytes(ini), data: hebrewBytes(data) })
