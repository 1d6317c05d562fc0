import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { holdPlace } from '@yoman/use-cases/appointments/hold'
import { expect, it } from 'vitest'
import { openDesk } from './desk.fixture.ts'
import { releaseExpiredHolds, soundNames } from './sweeps.ts'

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

it('computes how names sound where a version before wrote them, once, and leaves what is there', async () => {
  const { database, clinic } = desk
  const silent = async () => (await database.ownerPool.query<{ n: number }>('select count(*)::int as n from patient_search where sounds is null')).rows[0]?.n
  const of = async (id: string) => (await database.ownerPool.query<{ sounds: string[] }>('select sounds from patient_search where patient_id = $1', [id])).rows[0]?.sounds
  const before = await of(clinic.patients.sara)
  await database.ownerPool.query('update patient_search set sounds = null')
  expect(await soundNames(desk.services)).toBe(12) // six in each of the cast's two clinics
  expect(await silent()).toBe(0)
  expect(await of(clinic.patients.sara)).toEqual(before)
  expect(await soundNames(desk.services)).toBe(0)
})
