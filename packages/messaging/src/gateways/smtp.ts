import { createTransport } from 'nodemailer'
import { mailPolicy } from '@yoman/domain/messages/sms-codes'
import { headerText, isMailAddress, type MailAddress } from '../address.ts'
import { isDeadMailbox } from '../email/dsn.ts'
import { htmlOf } from '../email/layout.ts'
import { rejected, type Outcome } from '../outcome.ts'
import type { Language, Text } from '../texts/text.ts'

export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with name and password where the server wants them. Anything but this machine must speak TLS. */
  url: string
  /** The address all mail is from; each clinic's name stands before it. */
  from: string
  /** Signs each mail for its domain (RFC 6376); without it the server that takes the mail may. */
  dkim?: DkimKey
  /** Milliseconds until a silent server counts as gone. Default 20,000. */
  timeoutMs?: number
}

export interface DkimKey {
  domainName: string
  keySelector: string
  /** PEM. */
  privateKey: string
}

export interface Mail extends Text {
  to: MailAddress
  /** The clinic, as the reader sees the sender. */
  fromName: string
  /** Where an answer goes; the sender's address when absent. */
  replyTo?: string
  language: Language
  /** Ours, made from the message's id: sent twice, the receiver can tell the two for one. */
  messageId: string
  attachments?: { fileName: string; contentType: 'application/pdf' | `text/calendar; ${string}`; content: Buffer }[]
  /** Tries before this one: each wait is longer than the last. */
  triesBefore?: number
}

export interface MailGateway {
  /** One try. Never throws for what the network or the server does: whatever happened is in the outcome. */
  send: (mail: Mail) => Promise<Outcome>
  close: () => void
}

/** Grey-listing servers open after minutes, full mailboxes after hours. */
const waits = [300, 900, 3_600, 14_400]
const secondsUntilSetUp = 900
const secondsUntilReachable = 60

/** Any SMTP server through Nodemailer, one connection a mail: its pool would quietly send again what was cut. */
export function smtpGateway(settings: SmtpSettings): MailGateway {
  const { hostname, protocol } = new URL(settings.url)
  const timeout = settings.timeoutMs ?? 20_000
  const transport = createTransport({
    url: settings.url,
    // A server across the network that does not offer TLS may be somebody in between.
    requireTLS: protocol === 'smtp:' && !isThisMachine(hostname),
    connectionTimeout: timeout, greetingTimeout: timeout, socketTimeout: timeout,
    ...(settings.dkim && { dkim: settings.dkim }),
    disableFileAccess: true, disableUrlAccess: true,
  })
  return {
    send: async (mail) => {
      if (!isMailAddress(mail.to.address)) return rejected('address', 'address')
      try {
        await transport.sendMail(envelope(mail, settings.from))
        return { kind: 'accepted', providerId: mail.messageId }
      } catch (error) {
        return outcomeOf(error, mail.triesBefore ?? 0)
      }
    },
    close: () => transport.close(),
  }
}

/** `<id@domain of the sender>`: the same for every try of one message. */
export const messageIdOf = (messageRowId: string, from: string): string => `<${messageRowId}@${from.slice(from.lastIndexOf('@') + 1)}>`

function envelope({ to, fromName, replyTo, language, messageId, attachments = [], ...text }: Mail, from: string) {
  return {
    // Always objects: in a plain string a comma would make a second recipient.
    from: { name: headerText(fromName), address: from },
    to: { name: headerText(to.name), address: to.address },
    ...(replyTo && isMailAddress(replyTo) && { replyTo: { name: headerText(fromName), address: replyTo } }),
    subject: headerText(text.subject),
    text: text.body,
    html: htmlOf(text, language, fromName),
    messageId,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
    attachments: attachments.map(({ fileName, contentType, content }) => ({ filename: fileName, contentType, content })),
  }
}

const isThisMachine = (host: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(host)

function outcomeOf(error: unknown, triesBefore: number): Outcome {
  const { code, responseCode, syscall, message, response, command } = detailsOf(error)
  // A password that is refused, or TLS that is not there: our settings, not this mail.
  if (['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS'].includes(code)) return { kind: 'retry_later', afterSeconds: secondsUntilSetUp, code }
  if (responseCode >= 500) return refusal(responseCode, response, command)
  if (responseCode >= 400) return { kind: 'retry_later', afterSeconds: waits[Math.min(triesBefore, waits.length - 1)] ?? secondsUntilReachable, code: String(responseCode) }
  // Never connected, so never sent.
  if (code === 'EDNS' || ['connect', 'getaddrinfo'].includes(syscall)) return { kind: 'retry_later', afterSeconds: secondsUntilReachable, code }
  // Cut or silent: after DATA the server may have the mail, and Nodemailer does not say how far it came.
  return { kind: 'unknown', reason: code || message }
}

/**
 * Whose matter a refusal for good is. The number before the words says little: Gmail answers 550 to an unknown mailbox and to a sender
 * without SPF alike. RFC 3463 says it: 5.7 is policy (SPF, DKIM, relaying, reputation) and 5.1.7 and 5.1.8 are our own address. A server
 * that gives no such status is taken at its word where it was asked for the recipient.
 */
function refusal(responseCode: number, response: string, command: string): Outcome {
  const status = /^\d{3}[ -](5\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1]
  const isAddress = status === undefined ? command === 'RCPT TO' && [550, 551, 553].includes(responseCode) && !/relay/i.test(response) : isDeadMailbox(status)
  if (isAddress) return rejected(String(responseCode), 'address')
  const isSettings = status === undefined ? command === 'MAIL FROM' || /relay/i.test(response) : /^5\.(7\.|1\.[78]$)/.test(status)
  return isSettings ? rejected(mailPolicy, 'settings') : rejected(String(responseCode), 'content')
}

function detailsOf(error: unknown): { code: string; responseCode: number; syscall: string; message: string; response: string; command: string } {
  if (!(error instanceof Error)) return { code: '', responseCode: 0, syscall: '', message: String(error), response: '', command: '' }
  const text = (name: string): string => (name in error && typeof Reflect.get(error, name) === 'string' ? String(Reflect.get(error, name)) : '')
  return { code: text('code'), responseCode: Number(Reflect.get(error, 'responseCode') ?? 0), syscall: text('syscall'), message: error.message, response: text('response'), command: text('command') }
}
