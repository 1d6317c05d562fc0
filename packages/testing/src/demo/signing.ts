import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import { readIdentity } from '@yoman/documents/signature/identity'
import type { Instant } from '@yoman/domain/time'
import { type Context, systemContext } from '@yoman/use-cases/context'
import { setSigningCertificate } from '@yoman/use-cases/invoices/signing'
import { testCertificate } from '../test-certificate.ts'
import { business } from './business.ts'
import type { DemoClinic } from './clinic.ts'

const year = 365 * 86_400_000
const password = 'yoman-demo'

/** The demo's documents are signed with a certificate of its own, which says by its name that it proves nothing. Older ones too: it began to hold before the first. */
export async function signDocuments({ pool, vault }: { pool: Pool; vault: Vault }, clinic: DemoClinic, now: Instant): Promise<void> {
  const at = now.epochMilliseconds
  const file = testCertificate(`${business.legalName} (תעודת הדגמה)`, password, { fromMs: at - 3 * year, toMs: at + year })
  const ctx: Context = { ...systemContext({ pool, vault }, clinic.clinicId, now), actor: { kind: 'staff', staffId: clinic.ownerId, roles: ['owner'], branchIds: [] } }
  await setSigningCertificate(ctx, { ...readIdentity(file, password), version: 0 })
}
