import { type MailGateway, smtpGateway } from '@yoman/messaging/gateways/smtp'
import { type SmsGateway, twilioGateway } from '@yoman/messaging/gateways/twilio'
import { type CallGateway, twilioCalls } from '@yoman/messaging/gateways/twilio-calls'
import type { OpenAccounting } from '@yoman/domain/accounting/connection'
import { accountingServices } from '@yoman/messaging/gateways/accounting/open'
import type { TaxAuthority } from '@yoman/domain/allocation-numbers/authority'
import type { PaymentProvider } from '@yoman/domain/payment-links/provider'
import { payPlus } from '@yoman/messaging/gateways/payment-links/payplus'
import { taxAuthority } from '@yoman/messaging/gateways/tax-authority/client'
import type { WorkerConfig } from '../config.ts'

/** The ways out of the house. */
export interface Gateways {
  sms: SmsGateway
  calls: CallGateway
  mail: MailGateway
  /** Null where this installation is not registered with it. */
  taxAuthority: TaxAuthority | null
  /** Where each clinic's accountant keeps the ledger. */
  accounting: OpenAccounting
  payments: PaymentProvider
  /** The address that mail is from. */
  mailFrom: string
}

export function openGateways({ twilio, smtpUrl, mailFrom, dkim, taxAuthority: registered, accountingOrigins, payPlusUrl }: Pick<WorkerConfig, 'twilio' | 'taxAuthority' | 'accountingOrigins' | 'payPlusUrl' | 'smtpUrl' | 'mailFrom' | 'dkim'>): Gateways {
  const { accountSid, authToken, from, messagingServiceSid, apiBaseUrl } = twilio
  const sender = messagingServiceSid === null ? { from: from ?? '' } : { messagingServiceSid } // the settings have one of the two
  const account = { accountSid, authToken, sender, ...(apiBaseUrl === null ? {} : { baseUrl: apiBaseUrl.replace(/\/+$/, '') }) }
  return {
    sms: twilioGateway(account),
    calls: twilioCalls(account),
    mail: smtpGateway({ url: smtpUrl, from: mailFrom, ...(dkim === null ? {} : { dkim }) }),
    taxAuthority: registered && taxAuthority(registered),
    accounting: accountingServices({ trusted: accountingOrigins }),
    payments: payPlus({ apiUrl: payPlusUrl }),
    mailFrom,
  }
}
