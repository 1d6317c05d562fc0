// A clinic, the stand-in of its accounting service, and documents that go there.
import { v7 as uuid } from 'uuid'
import { moneyText } from '@yoman/documents/invoices/on-account'
import type { AccountKeys } from '@yoman/domain/accounting/entry'
import type { AccountingServiceName } from '@yoman/domain/accounting/service'
import { dateIn, plainDate } from '@yoman/domain/time'
import { type AccountingStandIn, startAccounting } from '@yoman/runtime/accounting/start'
import { castNow } from '@yoman/testing/cast'
import { connectAccounting } from '@yoman/use-cases/accounting/connect'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { systemClock } from '@yoman/use-cases/clock'
import { issueInvoiceForVisit } from '@yoman/use-cases/invoices/issue-for-visit'
import { recordPayment } from '@yoman/use-cases/invoices/record-payment'
import { afterAll } from 'vitest'
import { type Desk, openDesk } from '../desk.fixture.ts'
import { readLedgers } from './sweep.ts'

const priority = { company: 'demo', user: 'api', password: 'secret' }
const hashavshevet = { key: 'private-key', database: 'wizdb1n1', report: '0c61e292' }
export const keys: AccountKeys = { cash: '1001', card: '1002', transfer: '1003', bit: '1004', cheque: '1005', customers: '2000', vat: '4000', income: '6000', rounding: '7000' }
const price = 35_000
/** The day of the documents. */
export const today = dateIn('Asia/Jerusalem', castNow)

export interface LedgerDesk extends Desk {
  office: Desk['office']
  standIn: AccountingStandIn
  /** A visit paid by a transfer. @returns the id of its invoice-receipt. */
  document(): Promise<string>
  /** The owner connects, and the worker looks whether it works. */
  connect(over?: { service?: AccountingServiceName; key?: string; address?: string; keys?: AccountKeys; firstOn?: string }): Promise<void>
}

export async function openLedgerDesk(): Promise<LedgerDesk> {
  const standIn = await startAccounting({ priority, hashavshevet, log: () => {} })
  afterAll(() => standIn.stop())
  const desk = await openDesk({ accountingOrigins: [standIn.url] })
  const { clinic } = desk
  await desk.database.ownerPool.query('update price_item set price_agorot = $1 where clinic_id = $2', [price, clinic.id])
  let minute = 0
  return {
    ...desk,
    standIn,
    async document() {
      const [appointmentId, staff] = [uuid(), desk.as('receptionist')]
      const startsAt = staff.now.add({ minutes: 5 * (minute += 1) })
      await bookAppointment(desk.as('doctor'), { id: appointmentId, branchId: clinic.branches.center, practitionerId: clinic.practitioners.doctor, visitTypeId: clinic.visitTypes.checkUp, patientId: clinic.patients.sara, startsAt, durationMinutes: 5, outsideHours: true })
      await recordPayment(staff, { appointmentId, invoiceId: null, means: [{ id: uuid(), method: 'transfer', amount: price, reference: '' }] }, moneyText)
      await recordArrival(staff, appointmentId)
      await startTreatment(desk.as('doctor'), appointmentId)
      await completeAppointment(desk.as('doctor'), appointmentId)
      return issueInvoiceForVisit(staff, appointmentId, moneyText)
    },
    async connect(over = {}) {
      const { service = 'priority' } = over
      const target = service === 'priority' ? { service, address: over.address ?? standIn.priorityUrl, company: priority.company } : { service, address: standIn.hashavshevetUrl, company: hashavshevet.database }
      const key = over.key ?? (service === 'priority' ? priority.password : hashavshevet.key)
      await connectAccounting(desk.as('owner'), { ...target, secret: { user: priority.user, key, report: hashavshevet.report }, keys: over.keys ?? keys, firstOn: plainDate(over.firstOn ?? '2026-01-01') }, systemClock.now(), [standIn.url])
      await readLedgers(desk.services)
    },
  }
}
