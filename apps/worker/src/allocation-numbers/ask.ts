import { findConsents } from '@yoman/db/allocation-numbers/connection'
import { findDueAllocations } from '@yoman/db/allocation-numbers/requests'
import { consentPage } from '@yoman/messaging/tax-authority/consent-url'
import { askForNumber, restRequest } from '@yoman/use-cases/allocation-numbers/ask'
import { type Asking, exchangeConsent } from '@yoman/use-cases/allocation-numbers/tokens'
import { acrossClinics } from '@yoman/use-cases/transact'
import { type WorkerServices, contextOf } from '../services.ts'

const batch = 100
/** Two tries with a refresh between them, each as long as the adapter waits; a lease that ends before would let two use one refresh token. */
const longestAskSeconds = 60

/**
 * Numbers that documents wait for, of all clinics, one after the other: a slow authority keeps nobody from anything else, for this is all that this
 * sweep does. Consents that came back are exchanged first. @returns how many were settled or refused.
 */
export async function askForNumbers(services: WorkerServices): Promise<number> {
  const asking = askingOf(services)
  const consents = await acrossClinics(services.pool, (tx) => findConsents(tx, services.machineClock.now()))
  if (asking) for (const { clinicId } of consents) await told(services, clinicId, clinicId, () => exchangeConsent(contextOf(services, clinicId), asking))
  const due = await acrossClinics(services.pool, (tx) => findDueAllocations(tx, services.machineClock.now(), batch))
  let done = 0
  for (const { clinicId, id } of due) {
    const ctx = contextOf(services, clinicId)
    const outcome = await told(services, clinicId, id, (): Promise<string> => (asking ? askForNumber(ctx, asking, id) : restRequest(ctx, id)))
    if (outcome === 'approved' || outcome === 'refused') done += 1
  }
  return done
}

export function askingOf({ gateways, machineClock, settings }: WorkerServices): Asking | null {
  const { taxAuthority: authority } = gateways
  return authority && { authority, machineClock, leaseSeconds: Math.max(settings.leaseSeconds, longestAskSeconds), redirectUri: consentPage(settings.publicUrl) }
}

async function told<T>(services: WorkerServices, clinic: string, id: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    services.log.error({ err: error, clinic, id }, 'an allocation number could not be asked for; the next sweep tries again')
    return undefined
  }
}
