import type { invoiceRoutes } from '@yoman/contract/invoices'
import type { Means, MoneyBack } from '@yoman/contract/means'
import type { FileAnswer } from '@yoman/contract/routes'
import type { IssuedDocument } from '@yoman/db/invoices/document'
import { drawInvoice } from '@yoman/documents/invoices/draw'
import { invoiceDocument } from '@yoman/documents/invoices/model'
import { creditText, moneyText, refundText } from '@yoman/documents/invoices/on-account'
import { composeInvoiceMessage, invoiceFileName } from '@yoman/messaging/invoices/compose'
import { billAnew } from '@yoman/use-cases/invoices/bill-anew'
import { creditDocument } from '@yoman/use-cases/invoices/credit-document'
import { creditsOf, deduct } from '@yoman/use-cases/invoices/deduct'
import { giveBack } from '@yoman/use-cases/invoices/give-back'
import { issueInvoiceForVisit } from '@yoman/use-cases/invoices/issue-for-visit'
import { mailInvoice } from '@yoman/use-cases/invoices/queue-mail'
import { oneInvoice, pageOfInvoices, paymentsAndReceipts, takePaperOriginal, visitBill, requireReleased } from '@yoman/use-cases/invoices/read-invoices'
import { type Means as MeansTaken, recordPayment } from '@yoman/use-cases/invoices/record-payment'
import { signingOf } from '@yoman/use-cases/invoices/signing'
import { plainDate } from '@yoman/domain/time'
import type { Handlers, RequestContext } from '../http/handler.ts'
import { presentBill, presentInvoice, presentPayment, presentSummary } from './present.ts'

export const invoiceHandlers = {
  'GET /invoices': async (ctx, { query }) => {
    const { items, next } = await pageOfInvoices(ctx, query)
    return { items: items.map(presentSummary), next }
  },

  'GET /invoices/:id': async (ctx, { params }) => {
    const whole = await oneInvoice(ctx, params.id)
    reading(ctx, whole.document)
    return presentInvoice(whole)
  },

  'GET /invoices/:id/pdf': async (ctx, { params }) => {
    const { document } = await oneInvoice(ctx, params.id)
    requireReleased(document)
    reading(ctx, document)
    return pdf(ctx, document, 'copy')
  },

  'POST /invoices/:id/original': async (ctx, { params }) => pdf(ctx, await takePaperOriginal(ctx, params.id), 'original'),

  'POST /invoices/:id/mailings': async (ctx, { params, body }) => {
    await mailInvoice(ctx, params.id, body.id, composeInvoiceMessage)
    return presentInvoice(await oneInvoice(ctx, params.id))
  },

  'POST /invoices/:id/credits': async (ctx, { params, body }) => {
    const { id, reason, part, refund } = body
    await creditDocument(ctx, { id, invoiceId: params.id, reason, part: 'rest' in part ? 'rest' : 'lines' in part ? part : { amount: part.amountAgorot }, refund: refund ? back(refund) : null }, { creditText, refundText })
    return presentInvoice(await oneInvoice(ctx, id))
  },

  'POST /invoices/:id/refunds': async (ctx, { params, body }) => {
    await giveBack(ctx, params.id, back(body), refundText)
    return presentInvoice(await oneInvoice(ctx, body.id))
  },

  'GET /appointments/:id/bill': async (ctx, { params }) => {
    const bill = await visitBill(ctx, params.id)
    ctx.reading({ name: 'invoice.read', subject: { type: 'appointment', id: params.id }, patientId: bill.bill.patientId, branchId: bill.bill.branchId })
    return presentBill(bill)
  },

  'POST /appointments/:id/invoice': async (ctx, { params }) => presentInvoice(await oneInvoice(ctx, await issueInvoiceForVisit(ctx, params.id, moneyText))),

  'POST /appointments/:id/billings': async (ctx, { params, body }) => {
    await billAnew(ctx, params.id, body.id, moneyText)
    return presentInvoice(await oneInvoice(ctx, body.id))
  },

  'POST /invoices/:id/deductions': async (ctx, { params, body }) => {
    await deduct(ctx, { id: body.id, requestId: params.id, sourceId: body.sourceId }, moneyText)
    return presentInvoice(await oneInvoice(ctx, params.id))
  },

  'GET /patients/:id/credits': async (ctx, { params }) => {
    const items = await creditsOf(ctx, params.id)
    ctx.reading({ name: 'invoice.read', subject: { type: 'patient', id: params.id }, patientId: params.id })
    return { items: items.map(({ issuedOn, left, ...row }) => ({ ...row, issuedOn: issuedOn.toString(), leftAgorot: left })) }
  },

  'POST /payments': async (ctx, { body }) => {
    const { appointmentId, invoiceId, branchId, ...means } = body
    const { payments, receipts } = await take(ctx, { appointmentId, invoiceId, branchId, means: [means] })
    const [payment] = payments
    if (!payment) throw new Error('a payment that was taken is there')
    return { payment: presentPayment(payment), receipt: receipts[0] ? presentSummary(receipts[0]) : null }
  },

  'POST /split-payments': async (ctx, { body }) => {
    const { payments, receipts } = await take(ctx, body)
    return { payments: payments.map(presentPayment), receipts: receipts.map(presentSummary) }
  },
} satisfies Handlers<keyof typeof invoiceRoutes>

interface Taking {
  appointmentId?: string | undefined
  invoiceId?: string | undefined
  branchId?: string | undefined
  means: readonly Means[]
}

async function take(ctx: RequestContext, { appointmentId, invoiceId, branchId, means }: Taking) {
  const { receiptIds } = await recordPayment(ctx, { appointmentId: appointmentId ?? null, invoiceId: invoiceId ?? null, takenAt: branchId ?? null, means: means.map(taken) }, moneyText)
  return paymentsAndReceipts(ctx, means.map(({ id }) => id), receiptIds)
}

const taken = ({ id, method, amountAgorot, reference = '', cheque, card }: Means): MeansTaken => ({
  id, method, amount: amountAgorot, reference, cheque: cheque ? { ...cheque, dueOn: plainDate(cheque.dueOn) } : null, card: card ?? null,
})

const back = ({ id, branchId, means }: { id: string; branchId?: string | undefined; means: readonly MoneyBack[] }) => ({
  id, branchId: branchId ?? null, means: means.map(({ method, amountAgorot, reference = '' }) => ({ method, amount: amountAgorot, reference })),
})

const reading = (ctx: RequestContext, { row }: IssuedDocument): void =>
  ctx.reading({ name: 'invoice.read', subject: { type: 'invoice', id: row.id }, patientId: row.patient_id, branchId: row.branch_id })

async function pdf(ctx: RequestContext, { invoice, letterhead, row, payerNameLatin }: IssuedDocument, mark: 'original' | 'copy'): Promise<FileAnswer> {
  const signing = await signingOf(ctx, invoice.issuedAtMs)
  const model = invoiceDocument(invoice, letterhead, { language: row.language, mark, payerNameLatin, ...(signing ? { signedBy: signing.subject } : {}) })
  return { name: invoiceFileName(invoice), body: await drawInvoice(model, signing?.identity) }
}
