// A clinic that is connected to the stand-in of the Tax Authority, and documents that need its numbers.
import { v7 as uuid } from 'uuid'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { consentPage, consentUrl } from '@yoman/messaging/tax-authority/consent-url'
import { startTaxAuthority, type TaxAuthorityStandIn } from '@yoman/runtime/tax-authority/start'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { beginConsent, keepConsent } from '@yoman/use-cases/allocation-numbers/connect'
import { issueInvoiceForVisit } from '@yoman/use-cases/invoices/issue-for-visit'
import { recordPayment } from '@yoman/use-cases/invoices/record-payment'
import { chooseVisitPayer } from '@yoman/use-cases/organisations/choose-payer'
import { addOrganisation } from '@yoman/use-cases/organisations/organisations'
import { systemClock } from '@yoman/use-cases/clock'
import { afterAll } from 'vitest'
import { type Desk, openDesk } from '../desk.fixture.ts'

const client = { clientId: 'clinic', clientSecret: 'secret' }
const price = 708_000 // 6,000 and VAT

export interface AuthorityDesk extends Desk {
  authority: TaxAuthorityStandIn
  /** An employer pays 6,000 and VAT by a transfer. @returns the id of the invoice-receipt. */
  document(dealerNumber?: string): Promise<string>
  /** The owner consents; the worker exchanges it at its next sweep. */
  consent(): Promise<void>
}

export async function openAuthorityDesk(accessSeconds?: number): Promise<AuthorityDesk> {
  const authority = await startTaxAuthority({ ...client, ...(accessSeconds === undefined ? {} : { accessSeconds }), log: () => {} })
  afterAll(() => authority.stop())
  const registered = { ...client, oauthUrl: authority.oauthUrl, apiUrl: authority.apiUrl }
  const desk = await openDesk({ taxAuthority: registered })
  const { clinic } = desk
  await desk.database.ownerPool.query('update price_item set price_agorot = $1 where clinic_id = $2', [price, clinic.id])
  let minute = 0
  return {
    ...desk,
    authority,
    async document(dealerNumber = '777777715') {
      const [appointmentId, organisationId, staff] = [uuid(), uuid(), desk.as('receptionist')]
      const startsAt = staff.now.add({ minutes: 5 * (minute += 1) })
      await bookAppointment(desk.as('doctor'), { id: appointmentId, branchId: clinic.branches.center, practitionerId: clinic.practitioners.doctor, visitTypeId: clinic.visitTypes.checkUp, patientId: clinic.patients.sara, startsAt, durationMinutes: 5, outsideHours: true })
      await addOrganisation(staff, { id: organisationId, name: 'אלון תעשיות', nameLatin: '', dealerNumber, address: '', email: 'accounts@alon.example', takesEmail: true, language: 'he' })
      await chooseVisitPayer(staff, appointmentId, organisationId)
      await recordPayment(staff, { appointmentId, invoiceId: null, means: [{ id: uuid(), method: 'transfer', amount: price, reference: '' }] }, moneyText)
      await recordArrival(staff, appointmentId)
      await startTreatment(desk.as('doctor'), appointmentId)
      await completeAppointment(desk.as('doctor'), appointmentId)
      return issueInvoiceForVisit(staff, appointmentId, moneyText)
    },
    async consent() {
      const owner = desk.as('owner')
      const word = await beginConsent(owner, systemClock.now())
      const page = await (await fetch(consentUrl(registered, { state: word, redirectUri: consentPage(desk.config.publicUrl) }))).text()
      const back = new URL((/href="([^"]+)"/.exec(page)?.[1] ?? '').replaceAll('&amp;', '&'))
      await keepConsent(owner, { code: back.searchParams.get('code') ?? '', word }, systemClock.now())
    },
  }
}
