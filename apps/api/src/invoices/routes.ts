import type { invoiceRoutes } from '@yoman/contract/invoices'
import type { FileAnswer } from '@yoman/contract/routes'
import type { IssuedDocument } from '@yoman/db/invoices/document'
import { drawInvoice } from '@yoman/documents/invoices/draw'
import { invoiceDocument } from '@yoman/documents/invoices/model'
import { onAccountText } from '@yoman/documents/invoices/on-account'
import { composeInvoiceMessage, invoiceFileName } from '@yoman/messaging/invoices/compose'
import { issueInvoiceForVisit } from '@yoman/use-cases/invoices/issue-for-visit'
import { mailInvoice } from '@yoman/use-cases/invoices/queue-mail'
import { oneInvoice, onePayment, pageOfInvoices, takePaperOriginal, visitBill } from '@yoman/use-cases/invoices/read-invoices'
import { recordPayment } from '@yoman/use-cases/invoices/record-payment'
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
    reading(ctx, document)
    return pdf(document, 'copy')
  },

  'POST /invoices/:id/original': async (ctx, { params }) => pdf(await takePaperOriginal(ctx, params.id), 'original'),

  'POST /invoices/:id/mailings': async (ctx, { params, body }) => {
    await mailInvoice(ctx, params.id, body.id, composeInvoiceMessage)
    return presentInvoice(await oneInvoice(ctx, params.id))
  },

  'GET /appointments/:id/bill': async (ctx, { params }) => {
    const { bill, invoice } = await visitBill(ctx, params.id)
    ctx.reading({ name: 'invoice.read', subject: { type: 'appointment', id: params.id }, patientId: bill.patientId, branchId: bill.branchId })
    return presentBill(bill, invoice)
  },

  'POST /appointments/:id/invoice': async (ctx, { params }) => presentInvoice(await oneInvoice(ctx, await issueInvoiceForVisit(ctx, params.id, onAccountText))),

  'POST /payments': async (ctx, { body }) => {
    const { id, appointmentId = null, invoiceId = null, method, amountAgorot: amount, reference = '' } = body
    const { receiptId } = await recordPayment(ctx, { id, appointmentId, invoiceId, method, amount, reference }, onAccountText)
    return {
      payment: presentPayment(await onePayment(ctx, id)),
      receipt: receiptId === null ? null : presentSummary((await oneInvoice(ctx, receiptId)).summary),
    }
  },
} satisfies Handlers<keyof typeof invoiceRoutes>

const reading = (ctx: RequestContext, { row }: IssuedDocument): void =>
  ctx.reading({ name: 'invoice.read', subject: { type: 'invoice', id: row.id }, patientId: row.patient_id, branchId: row.branch_id })

async function pdf({ invoice, letterhead, row, payerNameLatin }: IssuedDocument, mark: 'original' | 'copy'): Promise<FileAnswer> {
  return { name: invoiceFileName(invoice), body: await drawInvoice(invoiceDocument(invoice, letterhead, { language: row.language, mark, payerNameLatin })) }
}
