import { composeInvoiceMessage } from '@yoman/messaging/invoices/compose'
import { queueInvoiceMail } from '@yoman/use-cases/invoices/queue-mail'
import type { Job } from '../jobs.ts'
import { type WorkerServices, contextOf } from '../services.ts'

/** A document was issued, or what kept it was settled: it goes by e-mail to whoever agreed to that. */
export async function mailInvoice(services: WorkerServices, { clinicId, subjectId }: Job): Promise<void> {
  await queueInvoiceMail(contextOf(services, clinicId), subjectId, composeInvoiceMessage)
}
