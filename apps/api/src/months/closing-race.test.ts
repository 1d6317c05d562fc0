import { v7 as uuid } from 'uuid'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { Refusal } from '@yoman/domain/refusal'
import { instant, plainDate } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { issueInvoiceForVisit } from '@yoman/use-cases/invoices/issue-for-visit'
import { recordPayment } from '@yoman/use-cases/invoices/record-payment'
import { closeMonth, monthView } from '@yoman/use-cases/months/close'
import { expect, it } from 'vitest'

const api = await testApi()
const { hadar } = api.cast
const context = (who: 'doctor' | 'owner', at: string) => castContext(api.cast, hadar, who, api.database.apiPool, instant(at))

/** Bills of the last day of a month that wait for their money. */
async function bills(lastDay: string, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let one = 0; one < count; one += 1) {
    const [id, ctx] = [uuid(), context('doctor', `${lastDay}T08:00:00Z`)]
    await bookAppointment(ctx, { id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.sara, startsAt: ctx.now.add({ minutes: 5 * (one + 1) }), durationMinutes: 5, outsideHours: true })
    await recordArrival(ctx, id)
    await startTreatment(ctx, id)
    await completeAppointment(ctx, id)
    ids.push(await issueInvoiceForVisit(context('owner', `${lastDay}T09:00:00Z`), id, moneyText))
  }
  return ids
}

it.each([['2026-08-01', '2026-08-31', '2026-09-01'], ['2026-09-01', '2026-09-30', '2026-10-01'], ['2026-10-01', '2026-10-31', '2026-11-02']])('payments that race the closing of %s are in its totals, or are refused', async (month, lastDay, after) => {
  const waiting = await bills(lastDay, 12)
  const [evening, morning] = [context('owner', `${lastDay}T18:00:00Z`), context('owner', `${after}T06:00:00Z`)]
  const taking = (invoiceId: string) =>
    recordPayment(evening, { appointmentId: null, invoiceId, means: [{ id: uuid(), method: 'card', amount: 18_000, reference: '1' }] }, moneyText).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Refusal && error.code === 'month_closed') return false
        throw error
      },
    )
  const first = waiting.slice(0, 6).map(taking)
  const closing = closeMonth(morning, { id: uuid(), month: plainDate(month), reason: 'test' })
  const taken = await Promise.all([...first, ...waiting.slice(6).map(taking)])
  await closing
  const view = await monthView(morning, plainDate(month))
  expect(view.isUnmoved).toBe(true)
  expect(view.totals.views.cash).toMatchObject({ gross: 18_000 * taken.filter((one) => one).length })
  expect(view.totals.views.cash).toEqual(view.closing?.totals.views.cash)
  // Whoever comes now is refused for certain.
  const refused = taken.indexOf(false)
  expect(await taking(waiting[refused] ?? (await bills(after, 1))[0] ?? '')).toBe(false)
}, 60_000)
