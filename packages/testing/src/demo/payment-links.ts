import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import type { Instant } from '@yoman/domain/time'
import { demoPayPlusKeys } from '@yoman/runtime/payplus/demo-keys'
import { type Context, systemContext } from '@yoman/use-cases/context'
import { connectProvider } from '@yoman/use-cases/payment-links/connect'
import type { DemoClinic } from './clinic.ts'

/** The demo clinic has an account at the stand-in of PayPlus; the worker tries its keys when it starts. */
export async function connectPayments({ pool, vault }: { pool: Pool; vault: Vault }, clinic: DemoClinic, now: Instant): Promise<void> {
  const ctx: Context = { ...systemContext({ pool, vault }, clinic.clinicId, now), actor: { kind: 'staff', staffId: clinic.ownerId, roles: ['owner'], branchIds: [] } }
  await connectProvider(ctx, demoPayPlusKeys)
}
