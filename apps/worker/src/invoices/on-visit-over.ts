import { findAppointmentOf } from '@yoman/db/invoices/around'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { Refusal } from '@yoman/domain/refusal'
import { issueInvoiceForVisit } from '@yoman/use-cases/invoices/issue-for-visit'
import { read } from '@yoman/use-cases/transact'
import type { Job } from '../jobs.ts'
import { type WorkerServices, contextOf } from '../services.ts'

/** A visit is over when it is completed and its note signed, in whichever order: then its document is issued. */
export async function issueInvoice(services: WorkerServices, { name, clinicId, subjectId }: Job): Promise<void> {
  const ctx = contextOf(services, clinicId)
  const appointmentId = name === 'encounter.signed' ? await read(ctx, (db) => findAppointmentOf(db, subjectId)) : subjectId
  if (appointmentId === null) return
  try {
    await issueInvoiceForVisit(ctx, appointmentId, moneyText)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Not yet over, nothing to bill, or sums that a person has to look at: the visit's bill shows it at the desk.
    services.log.info({ clinic: clinicId, appointment: appointmentId, refusal: error.code }, 'no document for this visit')
  }
}
