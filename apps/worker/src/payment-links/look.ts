import { findDueChecks } from '@yoman/db/payment-links/connection'
import { findDueLinks } from '@yoman/db/payment-links/links'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { graceOfExpiry } from '@yoman/domain/payment-links/link'
import { composeLinkMessage } from '@yoman/messaging/payment-links/compose'
import { checkKeys } from '@yoman/use-cases/payment-links/connect'
import type { Looking } from '@yoman/use-cases/payment-links/keys'
import { lookAfterLink } from '@yoman/use-cases/payment-links/look'
import { acrossClinics } from '@yoman/use-cases/transact'
import type { Job } from '../jobs.ts'
import { type WorkerServices, contextOf } from '../services.ts'

const batch = 100
/** Some questions one after the other, each as long as the adapter waits. */
const longestLookSeconds = 90
export const words = { money: moneyText, compose: composeLinkMessage }

export const lookingOf = ({ gateways, machineClock, settings }: WorkerServices): Looking => ({
  provider: gateways.payments, machineClock, leaseSeconds: Math.max(settings.leaseSeconds, longestLookSeconds), publicUrl: settings.publicUrl.replace(/\/+$/, ''),
})

/** The owner connected: the keys are tried at once. */
export async function checkProvider(services: WorkerServices, { clinicId }: Job): Promise<void> {
  await checkKeys(contextOf(services, clinicId), lookingOf(services))
}

/** A link was asked for, somebody cancelled it, money came by it or by another way: the worker looks at once. */
export async function lookAfter(services: WorkerServices, { clinicId, subjectId }: Job): Promise<void> {
  await lookAfterLink(contextOf(services, clinicId), lookingOf(services), subjectId, words)
}

/** Links of all clinics whose time has come, one after the other: those whose worker died, whose provider was away, whose callback never came. @returns how many were looked at. */
export async function lookAfterLinks(services: WorkerServices): Promise<number> {
  const now = services.machineClock.now()
  const checks = await acrossClinics(services.pool, (tx) => findDueChecks(tx, now))
  for (const { clinicId } of checks) await told(services, clinicId, clinicId, () => checkKeys(contextOf(services, clinicId), lookingOf(services)))
  const due = await acrossClinics(services.pool, (tx) => findDueLinks(tx, now, services.clock.now().subtract(graceOfExpiry), batch))
  let done = 0
  for (const { clinicId, id } of due) {
    const state = await told(services, clinicId, id, () => lookAfterLink(contextOf(services, clinicId), lookingOf(services), id, words))
    if (state !== undefined && state !== 'gone') done += 1
  }
  return done
}

async function told<T>(services: WorkerServices, clinic: string, id: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    services.log.error({ err: error, clinic, id }, 'a payment link could not be looked after; the next sweep tries again')
    return undefined
  }
}
