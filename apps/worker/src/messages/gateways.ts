import { type MailGateway, smtpGateway } from '@yoman/messaging/gateways/smtp'
import { type SmsGateway, twilioGateway } from '@yoman/messaging/gateways/twilio'
import { type CallGateway, twilioCalls } from '@yoman/messaging/gateways/twilio-calls'
import type { WorkerConfig } from '../config.ts'

/** The ways out of the house. */
export interface Gateways {
  sms: SmsGateway
  calls: CallGateway
  mail: MailGateway
  /** The address that mail is from. */
  mailFrom: string
}

export function openGateways({ twilio, smtpUrl, mailFrom, dkim }: Pick<WorkerConfig, 'twilio' | 'smtpUrl' | 'mailFrom' | 'dkim'>): Gateways {
  const { accountSid, authToken, from, messagingServiceSid, apiBaseUrl } = twilio
  const sender = messagingServiceSid === null ? { from: from ?? '' } : { messagingServiceSid } // the settings have one of the two
  const account = { accountSid, authToken, sender, ...(apiBaseUrl === null ? {} : { baseUrl: apiBaseUrl.replace(/\/+$/, '') }) }
  return {
    sms: twilioGateway(account),
    calls: twilioCalls(account),
    mail: smtpGateway({ url: smtpUrl, from: mailFrom, ...(dkim === null ? {} : { dkim }) }),
    mailFrom,
  }
}
