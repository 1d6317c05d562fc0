import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import type { TestApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'

export const dayOfVisit = instant('2026-11-25T09:00:00Z')
export const price = 18_000

/** Books visits one after the other, and ends them on their day. */
function visitsOf(api: TestApi) {
  const { hadar } = api.cast
  let minute = 0

  async function aVisit(patientId = hadar.patients.sara): Promise<string> {
    const id = uuid()
    await bookAppointment(castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow), {
      id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId,
      startsAt: instant('2026-11-25T10:00:00Z').add({ minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
    })
    return id
  }

  async function finish(id: string): Promise<void> {
    api.setNow(dayOfVisit)
    const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, dayOfVisit)
    await recordArrival(ctx, id)
    await startTreatment(ctx, id)
    await completeAppointment(ctx, id)
  }

  return { aVisit, finish }
}

/** Visits of one price that several pay for, as a desk books, parts, bills and collects them. */
export async function payersOf(api: TestApi) {
  const { hadar } = api.cast
  const [desk, owner] = await Promise.all([api.as(hadar.staff.receptionist), api.as(hadar.staff.owner)])
  const { aVisit, finish } = visitsOf(api)

  const billOf = async (id: string) => (await desk('GET /appointments/:id/bill', { params: { id } })).body

  /** The visit's own document, its bill after it, and the document of the first part. */
  async function billed(id: string) {
    const document = (await desk('POST /appointments/:id/invoice', { params: { id } })).body
    const bill = await billOf(id)
    return { document, bill, ofPart: (await desk('GET /invoices/:id', { params: { id: bill.parts[0]?.invoice?.id ?? '' } })).body }
  }

  const anOrganisation = async (language: 'he' | 'en' = 'he') =>
    (await desk('POST /organisations', { body: { id: uuid(), name: 'ביטוח דרור', nameLatin: 'Dror Insurance', dealerNumber: '', address: 'הנמל 2, חיפה', email: '', takesEmail: false, language } })).body
  const setPart = (id: string, organisationId: string, part: { agorot: number } | { basisPoints: number }, procedureIds: string[] | null = null) =>
    desk('PUT /appointments/:id/payer-parts/:organisationId', { params: { id, organisationId }, body: { part, procedureIds } })
  const drop = (id: string, organisationId: string) => desk('DELETE /appointments/:id/payer-parts/:organisationId', { params: { id, organisationId } })
  const pay = (where: { appointmentId: string } | { invoiceId: string }, amountAgorot: number) => desk('POST /split-payments', { body: { ...where, means: [{ id: uuid(), method: 'card', amountAgorot }] } })
  const reassign = (id: string, organisationId: string | null, as = uuid()) => desk('POST /invoices/:id/reassignments', { params: { id }, body: { id: as, organisationId } })
  const credit = async (id: string, part: { rest: true } | { amountAgorot: number } = { rest: true }) => (await owner('POST /invoices/:id/credits', { params: { id }, body: { id: uuid(), reason: 'טעות', part } })).body
  /** Pays a document and has all of it credited. */
  const payAndCredit = async (invoiceId: string, amount: number) => credit((await pay({ invoiceId }, amount)).body.receipts[0]?.id ?? '')

  /** A visit that is billed: the insurer's part of 10,000, the patient's of 8,000. */
  async function ofInsurer(patientId = hadar.patients.ahmad, language: 'he' | 'en' = 'he') {
    const [insurer, id] = [await anOrganisation(language), await aVisit(patientId)]
    await setPart(id, insurer.id, { agorot: 10_000 })
    await finish(id)
    return { insurer, id, ...(await billed(id)) }
  }

  return { desk, owner, aVisit, finish, billOf, billed, anOrganisation, setPart, drop, pay, reassign, credit, payAndCredit, ofInsurer }
}
