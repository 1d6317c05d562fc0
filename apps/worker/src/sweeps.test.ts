import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { holdPlace } from '@yoman/use-cases/appointments/hold'
import { expect, it } from 'vitest'
import { openDesk } from './desk.fixture.ts'
import { releaseExpiredHolds } from './sweeps.ts'

const desk = await openDesk()

it('frees a held place when its time is up, not before, and tells the open screens', async () => {
  const { clinic } = desk
  const id = uuid()
  const { holdExpiresAt } = await holdPlace(desk.as('receptionist'), { id, branchId: clinic.branches.center, practitionerId: clinic.practitioners.doctor, visitTypeId: clinic.visitTypes.talk, startsAt: instant('2026-11-23T07:00:00Z') })
  if (holdExpiresAt === null) throw new Error('a hold ends one day')
  desk.setNow(holdExpiresAt.subtract({ seconds: 1 }))
  expect(await releaseExpiredHolds(desk.services)).toBe(0)
  desk.setNow(holdExpiresAt)
  expect(await releaseExpiredHolds(desk.services)).toBe(1)
  expect(await releaseExpiredHolds(desk.services)).toBe(0)
  expect(await desk.database.db.selectFrom('allocation').select('occupies').where('appointment_id', '=', id).execute()).toEqual([{ occupies: false }])
  expect(await desk.database.db.selectFrom('event').select(['name', 'actor_kind']).where('subject_id', '=', id).orderBy('seq').execute()).toEqual([{ name: 'appointment.held', actor_kind: 'staff' }, { name: 'appointment.released', actor_kind: 'system' }])
})
