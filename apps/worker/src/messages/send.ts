import { type Claimed, claimMessage } from '@yoman/use-cases/messages/claim-message'
import { type Outcome, settleMessage } from '@yoman/use-cases/messages/settle-message'
import { linkPlace } from '@yoman/domain/messages/template'
import { formLink } from '@yoman/use-cases/forms/link'
import { offerLink } from '@yoman/use-cases/waitlist/link'
import { failpoint } from '../failpoint.ts'
import { mailOf } from '../invoices/mail.ts'
import type { Job } from '../jobs.ts'
import { type WorkerServices, contextOf } from '../services.ts'

/** Sends one message: claimed and committed before the provider is called, settled after; no transaction is open in between. */
export async function sendMessage(services: WorkerServices, { clinicId, subjectId }: Job): Promise<void> {
  const { settings, machineClock } = services
  failpoint(settings, 'before_claim')
  const claimed = await claimMessage(contextOf(services, clinicId), subjectId, machineClock.now(), settings.leaseSeconds)
  if (!claimed) return
  failpoint(settings, 'after_claim')
  const outcome = claimed.channel === 'sms' ? await sendSms(services, clinicId, claimed) : await sendMail(services, clinicId, claimed)
  failpoint(settings, 'after_call')
  await settleMessage(contextOf(services, clinicId), subjectId, claimed.attempt, outcome, machineClock.now().add({ seconds: settings.lookupSeconds }))
  failpoint(settings, 'after_settle')
  services.log.info({ clinic: clinicId, message: subjectId, kind: claimed.kind, attempt: claimed.attempt, outcome: outcome.kind }, 'sent a message')
}

function sendSms({ gateways, settings, vault }: WorkerServices, clinicId: string, { id, to, body, offerId, formResponseId }: Claimed): Promise<Outcome> {
  failpoint(settings, 'before_call')
  // Our id in the address: the receipt finds its row even where we died before the answer.
  return gateways.sms.send({ to, body: withLink({ vault, settings }, clinicId, { offerId, formResponseId }, body), statusCallback: `${settings.publicUrl}/hooks/twilio/status/${id}` })
}

export interface Linked {
  offerId: string | null
  formResponseId: string | null
}

/** The link of an offer or a form is made anew whenever it is needed, and stands in no table. */
export function withLink({ vault, settings }: Pick<WorkerServices, 'vault' | 'settings'>, clinicId: string, { offerId, formResponseId }: Linked, body: string): string {
  if (offerId !== null) return body.replace(linkPlace, offerLink(vault, settings.publicUrl, clinicId, offerId))
  return formResponseId === null ? body : body.replace(linkPlace, formLink(vault, settings.publicUrl, clinicId, formResponseId))
}

async function sendMail(services: WorkerServices, clinicId: string, claimed: Claimed): Promise<Outcome> {
  const mail = await mailOf(services, clinicId, claimed)
  failpoint(services.settings, 'before_call')
  return services.gateways.mail.send(mail)
}
