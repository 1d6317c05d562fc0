import { findMessage, type MessageRow } from '@yoman/db/messages/queries'
import { visitOf } from '@yoman/use-cases/messages/claim-message'
import { clockSlackSeconds, type OnProvidersList, reconcileMessage } from '@yoman/use-cases/messages/reconcile-message'
import { read } from '@yoman/use-cases/transact'
import type { Job } from '../jobs.ts'
import { linkedVariables, sendMessage, withLink } from './send.ts'
import { type WorkerServices, contextOf } from '../services.ts'

/** Finds out what became of a message whose sender died or got no answer, by the provider's own list. */
export async function lookUpMessage(services: WorkerServices, job: Job): Promise<void> {
  const { clinicId, subjectId } = job
  const ctx = contextOf(services, clinicId)
  const message = await read(ctx, (db) => findMessage(db, subjectId))
  if (!message || message.state !== 'unknown') return
  const outcome = await reconcileMessage(ctx, subjectId, await listedAs(services, clinicId, message), services.machineClock.now().add({ seconds: services.settings.lookupSeconds }))
  services.log.info({ clinic: clinicId, message: subjectId, outcome }, 'looked a message up')
  if (outcome === 'again') await sendMessage(services, job)
}

/** What the provider's list shows for the number, the words of this very message as we keep them; null where there is no list. */
async function listedAs(services: WorkerServices, clinicId: string, message: MessageRow): Promise<OnProvidersList[] | null> {
  const { sms, calls } = services.gateways
  if (message.channel === 'email') return null // mail keeps no list: it is sent again under the same Message-ID
  const query = { to: message.to_address, since: (message.first_tried_at ?? message.created_at).subtract({ seconds: clockSlackSeconds }) }
  // A family has one number, and clinics may share an account: a call to it may be ours, or another's.
  if (message.channel === 'voice') return (await calls.findCalls(query)).map((one) => ({ ...one, body: null }))
  const isThis = likenessOf(services, clinicId, message)
  return (await sms.findSent({ ...query, whatsapp: message.channel === 'whatsapp' })).map((one) => (isThis(one.body) ? { ...one, body: message.body } : one))
}

/**
 * Whether words on the provider's list are this message's. What is kept lacks its link; what the provider shows has it. Of a template the provider
 * shows the words as they were approved, which the clinic may have typed otherwise: what was filled in tells it from others.
 */
function likenessOf(services: WorkerServices, clinicId: string, message: MessageRow): (listed: string) => boolean {
  const visit = visitOf(message)
  if (message.content_variables !== null) {
    const values = Object.values(linkedVariables(services, clinicId, visit, message.content_variables))
    return (listed) => values.every((value) => listed.includes(value))
  }
  const sent = withLink(services, clinicId, { offerId: message.offer_id, formResponseId: message.form_response_id, visit }, message.body)
  return (listed) => listed === sent
}
