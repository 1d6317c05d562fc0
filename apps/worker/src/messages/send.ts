import { type Claimed, claimMessage } from '@yoman/use-cases/messages/claim-message'
import { type Outcome, settleMessage } from '@yoman/use-cases/messages/settle-message'
import { linkPlace } from '@yoman/domain/messages/template'
import { withLinkIn } from '@yoman/domain/messages/whatsapp'
import { formLink } from '@yoman/use-cases/forms/link'
import { linkPrefixOf, type Occurrence, visitLink } from '@yoman/use-cases/visit-links/link'
import { offerLink } from '@yoman/use-cases/waitlist/link'
import { smsLength } from '@yoman/messaging/sms-length'
import { callScript } from '@yoman/messaging/visits/call-script'
import { failpoint } from '../failpoint.ts'
import { mailOf } from '../invoices/mail.ts'
import type { Job } from '../jobs.ts'
import { type WorkerServices, contextOf } from '../services.ts'
import { callsAtOnce, lanes } from './lanes.ts'

const inLane = lanes(callsAtOnce)

/**
 * Sends one message: claimed and committed before the provider is called, settled after; no transaction is open in between. Nobody
 * waits between claim and call, where a visit could be moved meanwhile; while the answer is written down, the next one may be called.
 */
export async function sendMessage(services: WorkerServices, { clinicId, subjectId, eventId }: Job): Promise<void> {
  const { settings, machineClock } = services
  failpoint(settings, 'before_claim')
  const tried = await inLane(async () => {
    const claimed = await claimMessage(contextOf(services, clinicId), subjectId, machineClock.now(), settings.leaseSeconds, partsOf, eventId)
    if (!claimed) return null
    failpoint(settings, 'after_claim')
    return { claimed, outcome: await sendOut(services, clinicId, claimed) }
  })
  if (!tried) return
  const { claimed, outcome } = tried
  failpoint(settings, 'after_call')
  await settleMessage(contextOf(services, clinicId), subjectId, claimed.attempt, outcome, machineClock.now().add({ seconds: settings.lookupSeconds }))
  failpoint(settings, 'after_settle')
  services.log.info({ clinic: clinicId, message: subjectId, kind: claimed.kind, attempt: claimed.attempt, outcome: outcome.kind }, 'sent a message')
}

function sendOut(services: WorkerServices, clinicId: string, claimed: Claimed): Promise<Outcome> {
  if (claimed.channel === 'email') return sendMail(services, clinicId, claimed)
  if (claimed.channel === 'voice') return callPatient(services, claimed)
  return claimed.channel === 'whatsapp' ? sendWhatsapp(services, clinicId, claimed) : sendSms(services, clinicId, claimed)
}

/** A link is filled in when the message leaves: as long as ours are. */
const partsOf = (body: string): number => smsLength(body.replace(linkPlace, 'x'.repeat(60))).parts

function sendSms({ gateways, settings, vault }: WorkerServices, clinicId: string, { id, to, body, ...linked }: Claimed): Promise<Outcome> {
  failpoint(settings, 'before_call')
  return gateways.sms.send({ to, body: withLink({ vault, settings }, clinicId, linked, body), statusCallback: receiptsOf(settings.publicUrl, id) })
}

/** Our id in the address: the receipt finds its row even where we died before the answer. */
const receiptsOf = (publicUrl: string, id: string): string => `${publicUrl}/hooks/twilio/status/${id}`

function sendWhatsapp(services: WorkerServices, clinicId: string, { id, to, visit, whatsapp }: Claimed): Promise<Outcome> {
  const { gateways, settings } = services
  if (whatsapp === null) throw new Error('a claimed WhatsApp has a sender and a template')
  failpoint(settings, 'before_call')
  const { from, contentSid, variables } = whatsapp
  return gateways.sms.sendWhatsapp({ to, from, contentSid, variables: linkedVariables(services, clinicId, visit, variables), statusCallback: receiptsOf(settings.publicUrl, id) })
}

function callPatient({ gateways, settings }: WorkerServices, { id, to, body, language, caller }: Claimed): Promise<Outcome> {
  if (caller === null) throw new Error('a claimed call has a number to call from')
  const at = (what: string): string => `${settings.publicUrl}/hooks/twilio/calls/${id}/${what}`
  failpoint(settings, 'before_call')
  return gateways.calls.call({ to, from: caller, script: callScript(language, body, at('digits')), statusCallback: at('status') })
}

/** The approved text has the address of the house; the variable what stands after it. */
export const linkedVariables = ({ vault, settings }: Pick<WorkerServices, 'vault' | 'settings'>, clinicId: string, visit: Occurrence | null, variables: Record<string, string>): Record<string, string> =>
  visit === null ? variables : withLinkIn(variables, visitLink(vault, settings.publicUrl, clinicId, visit), linkPrefixOf(settings.publicUrl))

export interface Linked {
  offerId: string | null
  formResponseId: string | null
  visit: Occurrence | null
}

/** The link of an offer, a form or a visit is made anew whenever it is needed, and stands in no table. */
export function withLink({ vault, settings }: Pick<WorkerServices, 'vault' | 'settings'>, clinicId: string, { offerId, formResponseId, visit }: Linked, body: string): string {
  if (offerId !== null) return body.replace(linkPlace, offerLink(vault, settings.publicUrl, clinicId, offerId))
  if (formResponseId !== null) return body.replace(linkPlace, formLink(vault, settings.publicUrl, clinicId, formResponseId))
  return visit === null ? body : body.replaceAll(linkPlace, visitLink(vault, settings.publicUrl, clinicId, visit))
}

async function sendMail(services: WorkerServices, clinicId: string, claimed: Claimed): Promise<Outcome> {
  const mail = await mailOf(services, clinicId, { ...claimed, body: withLink(services, clinicId, claimed, claimed.body) })
  failpoint(services.settings, 'before_call')
  return services.gateways.mail.send(mail)
}
