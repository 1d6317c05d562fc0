import { findMessage } from '@yoman/db/messages/queries'
import { clockSlackSeconds, reconcileMessage } from '@yoman/use-cases/messages/reconcile-message'
import { read } from '@yoman/use-cases/transact'
import type { Job } from '../jobs.ts'
import { sendMessage, withLink } from './send.ts'
import { type WorkerServices, contextOf } from '../services.ts'

/** Finds out what became of a message whose sender died or got no answer, by the provider's own list. */
export async function lookUpMessage(services: WorkerServices, job: Job): Promise<void> {
  const { clinicId, subjectId } = job
  const ctx = contextOf(services, clinicId)
  const message = await read(ctx, (db) => findMessage(db, subjectId))
  if (!message || message.state !== 'unknown') return
  // Mail keeps no list: it is sent again under the same Message-ID.
  const listed = message.channel === 'email' ? null : await services.gateways.sms.findSent({ to: message.to_address, since: (message.first_tried_at ?? message.created_at).subtract({ seconds: clockSlackSeconds }) })
  // What is kept of an offer lacks its link; what the provider shows has it.
  const sent = withLink(services, clinicId, { offerId: message.offer_id, formResponseId: message.form_response_id }, message.body)
  const outcome = await reconcileMessage(ctx, subjectId, listed?.map((one) => (one.body === sent ? { ...one, body: message.body } : one)) ?? null, services.machineClock.now().add({ seconds: services.settings.lookupSeconds }))
  services.log.info({ clinic: clinicId, message: subjectId, outcome }, 'looked a message up')
  if (outcome === 'again') await sendMessage(services, job)
}
