import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import type { Instant } from '@yoman/domain/time'
import { type Context, systemContext } from '@yoman/use-cases/context'
import type { DemoClinic } from './clinic.ts'

/** What the owner of the demo clinic does at a moment. */
export const ownerContext = ({ pool, vault }: { pool: Pool; vault: Vault }, clinic: DemoClinic, now: Instant): Context => ({
  ...systemContext({ pool, vault }, clinic.clinicId, now), actor: { kind: 'staff', staffId: clinic.ownerId, roles: ['owner'], branchIds: [] },
})
