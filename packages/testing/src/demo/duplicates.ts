import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import type { Instant } from '@yoman/domain/time'
import { proposeMerge } from '@yoman/use-cases/merges/propose'
import { createPatient } from '@yoman/use-cases/patients/create'
import type { DemoClinic } from './clinic.ts'
import { demoContext } from './fields.ts'
import { makeRandom } from './random.ts'

/** One person who was registered twice, spelt in two ways; the desk has proposed to make one record of the two. */
export async function makeDuplicates(services: { pool: Pool; vault: Vault }, clinic: DemoClinic, now: Instant): Promise<void> {
  const random = makeRandom(102) // its own, so that the rest of the demo stays as it is
  const base = demoContext(services, clinic, ['receptionist'], now)
  const ctx = { ...base, actor: { ...base.actor, staffId: clinic.receptionistId } }
  const [survivorId, mergedId] = [random.id(), random.id()]
  await createPatient(ctx, { id: survivorId, givenName: 'צבי', familyName: 'זילברשטיין', givenNameLatin: 'Zvi', familyNameLatin: 'Zilberstein', birthDate: '1961-04-17', phones: [{ number: '055-590-0001' }] })
  await createPatient(ctx, { id: mergedId, givenName: 'צביקה', familyName: 'זילברשטין', phones: [{ number: '055-590-0002' }], deskNote: 'ביקש/ה תור בשעות הבוקר' })
  await proposeMerge(ctx, { id: random.id(), survivorId, mergedId, choices: {}, reason: 'נפתח תיק שני בטלפון, אותו אדם' })
}
