import { expect, test } from 'vitest'
import { Forbidden } from '@yoman/domain/refusal'
import { addMinutes, instant } from '@yoman/domain/time'
import { castContext, insertCast } from '@yoman/testing/cast'
import { testDatabase } from '@yoman/testing/database'
import { v7 as uuid } from 'uuid'
import { bookAppointment } from './book.ts'
import { changeAppointment } from './change.ts'
import { holdPlace } from './hold.ts'
import { readDiary } from './read-diary.ts'
import { cancelAppointment, confirmAppointment } from './step.ts'
import { undoStep } from './undo.ts'

const database = await testDatabase()
const cast = await insertCast(database.apiPool)
const { hadar } = cast
const center = castContext(cast, hadar, 'receptionist', database.apiPool)
const north = castContext(cast, hadar, 'northReceptionist', database.apiPool)
const startsAt = instant('2026-11-23T06:00:00Z') // 08:00 in Jerusalem, a Monday
const wanted = {
  id: uuid(), branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp,
  patientId: Object.values(hadar.patients)[0] ?? '', startsAt,
}

test('whoever has a role in one branch alone sees the diary of another, and changes nothing in it', async () => {
  const booked = await bookAppointment(center, wanted)
  await expect(bookAppointment(north, { ...wanted, id: uuid(), startsAt: addMinutes(startsAt, 60) })).rejects.toThrow(Forbidden)
  await expect(holdPlace(north, { ...wanted, id: uuid(), startsAt: addMinutes(startsAt, 60) })).rejects.toThrow(Forbidden)
  await expect(changeAppointment(north, booked.id, booked.version, { deskNote: 'x' })).rejects.toThrow(Forbidden)
  await expect(confirmAppointment(north, booked.id)).rejects.toThrow(Forbidden)
  await expect(cancelAppointment(north, booked.id, 'clinic')).rejects.toThrow(Forbidden)
  const confirmed = await confirmAppointment(center, booked.id)
  await expect(undoStep(north, booked.id, confirmed.version)).rejects.toThrow(Forbidden)

  const diary = await readDiary(north, { branchId: hadar.branches.center, date: '2026-11-23' })
  expect(diary.visits).toMatchObject([{ id: booked.id, status: 'confirmed' }])
})
