import { expect, test } from 'vitest'
import { castContext, insertCast } from '@yoman/testing/cast'
import { testDatabase } from '@yoman/testing/database'
import { v7 as uuid } from 'uuid'
import { bookOrder } from '../orders/book.ts'
import { placeOrder } from '../orders/place.ts'
import { readOrder } from '../orders/read.ts'
import { cancelAppointment } from './step.ts'
import { undoStep } from './undo.ts'

const database = await testDatabase()
const cast = await insertCast(database.apiPool)
const { hadar } = cast
const doctor = castContext(cast, hadar, 'doctor', database.apiPool)
const desk = castContext(cast, hadar, 'receptionist', database.apiPool)

test('an order is open again when its visit is cancelled, and booked again when that is taken back', async () => {
  const [orderId, appointmentId] = [uuid(), uuid()]
  await placeOrder(doctor, { id: orderId, patientId: hadar.patients.sara, branchId: hadar.branches.center, window: { inWeeks: 1 }, steps: [{ visitTypeId: hadar.visitTypes.checkUp }] })
  await bookOrder(desk, orderId, { version: 1, visits: [{ appointmentId, step: 1, practitionerId: hadar.practitioners.doctor, startsAt: '2026-11-30T06:00:00Z' }] })
  expect(await readOrder(desk, orderId)).toMatchObject({ status: 'booked', steps: [{ appointment: { id: appointmentId } }] })

  const cancelled = await cancelAppointment(desk, appointmentId, 'patient')
  expect(await readOrder(desk, orderId)).toMatchObject({ status: 'open', steps: [{ appointment: null }] })

  await undoStep(desk, appointmentId, cancelled.version)
  expect(await readOrder(desk, orderId)).toMatchObject({ status: 'booked', steps: [{ appointment: { id: appointmentId } }] })
})

test('an order that was booked anew meanwhile keeps its new visit', async () => {
  const [orderId, first, second] = [uuid(), uuid(), uuid()]
  const visit = { step: 1, practitionerId: hadar.practitioners.doctor }
  await placeOrder(doctor, { id: orderId, patientId: hadar.patients.noam, branchId: hadar.branches.center, window: { inWeeks: 1 }, steps: [{ visitTypeId: hadar.visitTypes.checkUp }] })
  await bookOrder(desk, orderId, { version: 1, visits: [{ ...visit, appointmentId: first, startsAt: '2026-12-01T06:00:00Z' }] })
  const cancelled = await cancelAppointment(desk, first, 'clinic')
  const { version } = await readOrder(desk, orderId)
  await bookOrder(desk, orderId, { version, visits: [{ ...visit, appointmentId: second, startsAt: '2026-12-01T07:00:00Z' }] })
  await undoStep(desk, first, cancelled.version)
  expect(await readOrder(desk, orderId)).toMatchObject({ status: 'booked', steps: [{ appointment: { id: second } }] })
})
