import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import type { Instant } from '@yoman/domain/time'
import { demoPayPlusKeys } from '@yoman/runtime/payplus/demo-keys'
import { connectProvider } from '@yoman/use-cases/payment-links/connect'
import type { DemoClinic } from './clinic.ts'
import { ownerContext } from './owner.ts'

/** The demo clinic has an account at the stand-in of PayPlus; the worker tries its keys when it starts. */
export async function connectPayments(services: { pool: Pool; vault: Vault }, clinic: DemoClinic, now: Instant): Promise<void> {
  await connectProvider(ownerContext(services, clinic, now), demoPayPlusKeys)
}
