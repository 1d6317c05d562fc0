import { v7 as uuid } from 'uuid'
import { insertBranch, insertClinic } from '@yoman/db/clinics/queries'
import { addSetupLink, anyClinic, isSetupLinkOpen, takeSetupLink } from '@yoman/db/clinics/setup-link'
import type { Pool } from '@yoman/db/connect'
import { insertRoles, insertStaff } from '@yoman/db/staff/queries'
import { Refusal } from '@yoman/domain/refusal'
import { checkPassword } from '@yoman/domain/sessions/password'
import { readEmail } from '@yoman/domain/people/email'
import { recordEvents } from '../record-events.ts'
import { outsideClinics, signingIn, transact } from '../transact.ts'
import { hashSecret, makeSecret } from './secrets.ts'
import { type Origin, type SessionServices, sessionContext } from './services.ts'
import type { Instant } from '@yoman/domain/time'

export interface Setup {
  secret: string
  clinicName: string
  branchName: string
  ownerName: string
  email: string
  password: string
  language: 'he' | 'en'
}

const hoursValid = 24

/** A new one-time way into an empty system, good for a day; null where there is a clinic already. Earlier ones stop working. */
export async function offerSetup(pool: Pool, now: Instant): Promise<string | null> {
  if (await signingIn(pool, anyClinic)) return null
  const secret = makeSecret()
  await outsideClinics(pool, (tx) => addSetupLink(tx, hashSecret(secret), now.add({ hours: hoursValid }), now))
  return secret
}

/** Makes the first clinic and its owner. Throws `setup_link_invalid` for a link that is wrong, old or used. */
export async function setUpSystem(services: SessionServices, setup: Setup, origin: Origin): Promise<void> {
  const email = readEmail(setup.email)?.toLowerCase()
  if (email === undefined) throw new Refusal('email_invalid')
  checkPassword(setup.password, { email, names: [setup.ownerName, setup.clinicName] })
  const at = services.securityClock.now()
  const hash = hashSecret(setup.secret)
  // Hashing is dear, and whoever has no link must not use it up for those who sign in.
  if (!(await signingIn(services.pool, async (db) => (await isSetupLinkOpen(db, hash, at)) && !(await anyClinic(db))))) throw new Refusal('setup_link_invalid')
  const passwordHash = await services.passwords.hash(setup.password)
  const [clinicId, branchId, staffId] = [uuid(), uuid(), uuid()]
  const ctx = sessionContext(services, { clinicId, staffId, sessionId: null }, origin)
  await transact(ctx, async (tx) => {
    if (!(await takeSetupLink(tx, hash, at))) throw new Refusal('setup_link_invalid')
    await insertClinic(tx, { id: clinicId, name: setup.clinicName, language: setup.language })
    await services.vault.createDataKey(tx, clinicId)
    await insertBranch(tx, clinicId, { id: branchId, name: setup.branchName })
    await insertStaff(tx, clinicId, { id: staffId, name: setup.ownerName, email, language: setup.language, passwordHash })
    await insertRoles(tx, clinicId, staffId, [{ id: uuid(), role: 'owner', branchId: null }])
    await recordEvents(tx, ctx, [{ name: 'clinic.changed', subject: { type: 'clinic', id: clinicId }, details: { made: true } }])
  })
}
