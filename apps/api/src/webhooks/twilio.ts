import type { FastifyInstance, FastifyRequest } from 'fastify'
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js'
import { isUuid } from '@yoman/domain/ids'
import { readPhone } from '@yoman/domain/people/phone'
import { callReceipt } from '@yoman/domain/messages/call'
import { answerScript } from '@yoman/messaging/visits/call-script'
import { type Context, patientContext, systemContext } from '@yoman/use-cases/context'
import { answerCall } from '@yoman/use-cases/messages/answer-call'
import { findClinicOfMessage, findClinicOfNumber, receiveReply } from '@yoman/use-cases/messages/receive-reply'
import { takeReceipt } from '@yoman/use-cases/messages/take-receipt'
import { HttpProblem } from '../http/problem.ts'
import type { ApiServices } from '../services.ts'

type Form = Record<string, string>

const open = { permission: 'public', audit: 'write' } as const
/** Before the numbers of whoever writes by WhatsApp. */
const whatsappPrefix = 'whatsapp:'
const longestBody = 1_600 // of an SMS, in all its parts

/** The doors for Twilio, outside /api: receipts of our messages and calls, and patients' answers. Only what it signed with our token is believed. */
export function twilioHooks(app: FastifyInstance, services: ApiServices): void {
  void app.register(async (part) => {
    part.removeAllContentTypeParsers()
    part.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 16_384 }, (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))))

    part.post<{ Params: { messageId: string } }>('/hooks/twilio/status/:messageId', { config: open }, async (request, reply) => {
      const form = believed(services, request)
      await receipt(services, request.params.messageId, form)
      return reply.code(204).send()
    })

    part.post('/hooks/twilio/inbound', { config: open }, async (request, reply) => {
      const form = believed(services, request)
      await answer(services, request, form)
      return reply.type('text/xml').send('<?xml version="1.0" encoding="UTF-8"?><Response/>') // nothing to say back
    })

    part.post<{ Params: { messageId: string } }>('/hooks/twilio/calls/:messageId/status', { config: open }, async (request, reply) => {
      const form = believed(services, request)
      await callReceiptOf(services, request.params.messageId, form)
      return reply.code(204).send()
    })

    part.post<{ Params: { messageId: string } }>('/hooks/twilio/calls/:messageId/digits', { config: open }, async (request, reply) => {
      const form = believed(services, request)
      return reply.type('text/xml').send(await answerDigit(services, request.params.messageId, form))
    })
  })
}

const publicBase = ({ publicUrl }: Pick<ApiServices, 'publicUrl'>): string => publicUrl.replace(/\/+$/, '')

/** The parameters of a request that Twilio signed for this very address; 403 for everybody else. */
function believed(services: ApiServices, request: FastifyRequest): Form {
  const { twilio } = services
  const form = (request.body ?? {}) as Form // the parser above makes nothing else
  const signature = request.headers['x-twilio-signature']
  const address = `${publicBase(services)}${request.url}`
  const signed = twilio.authToken !== null && typeof signature === 'string' && validateRequest(twilio.authToken, signature, address, form)
  if (!signed || form['AccountSid'] !== twilio.accountSid) throw new HttpProblem('forbidden')
  return form
}

async function receipt(services: ApiServices, messageId: string, form: Form): Promise<void> {
  const { MessageSid: providerId, MessageStatus: status, ErrorCode: errorCode } = form
  if (!providerId || !status) throw new HttpProblem('malformed')
  await takeReceipt(await speakingFor(services, messageId), messageId, { providerId: providerId.slice(0, 64), status: status.slice(0, 40), errorCode: errorCode ? errorCode.slice(0, 20) : null })
}

async function callReceiptOf(services: ApiServices, messageId: string, { CallSid: providerId, CallStatus: status, AnsweredBy: answeredBy, SipResponseCode: sipCode }: Form): Promise<void> {
  if (!providerId || !status) throw new HttpProblem('malformed')
  const said = callReceipt({ status: status.slice(0, 40), answeredBy: answeredBy || null, sipCode: sipCode || null })
  await takeReceipt(await speakingFor(services, messageId), messageId, { providerId: providerId.slice(0, 64), ...said })
}

/** What the call says back. */
async function answerDigit(services: ApiServices, messageId: string, { CallSid: callId, Digits: digit = '' }: Form): Promise<string> {
  if (!callId || !/^[0-9*#]$/.test(digit)) throw new HttpProblem('malformed')
  const system = await speakingFor(services, messageId)
  const patient = patientContext(services, system.clinicId, system.now, null)
  const { language, answer: said } = await answerCall({ system, patient }, messageId, { callId: callId.slice(0, 60), digit })
  return answerScript(language, said, `${publicBase(services)}/hooks/twilio/calls/${messageId}/digits`)
}

/** As the provider, in the clinic of a message; 404 where there is no such message. */
async function speakingFor(services: ApiServices, messageId: string): Promise<Context> {
  if (!isUuid(messageId)) throw new HttpProblem('malformed')
  const clinicId = await findClinicOfMessage(services.pool, messageId)
  if (clinicId === undefined) throw new HttpProblem('not_found')
  return systemContext(services, clinicId, services.clock.now())
}

async function answer(services: ApiServices, request: FastifyRequest, { MessageSid: providerId, From: from = '', To: to = '', Body: body = '' }: Form): Promise<void> {
  const channel = from.startsWith(whatsappPrefix) ? 'whatsapp' : 'sms'
  const number = readPhone(channel === 'whatsapp' ? from.slice(whatsappPrefix.length) : from)
  if (!providerId || number === null) throw new HttpProblem('malformed')
  const clinicId = await findClinicOfNumber(services.pool, number, channel === 'whatsapp' ? to.slice(whatsappPrefix.length) : null)
  if (clinicId === undefined) return request.log.info('a message came from a number that no clinic knows')
  await receiveReply(patientContext(services, clinicId, services.clock.now(), null), { providerId: providerId.slice(0, 64), from: number, body: plainText(body), channel })
}

/** Postgres keeps no NUL, and half a surrogate pair is no text. */
const plainText = (text: string): string => [...text.replace(/[\0\p{Cs}]/gu, '')].slice(0, longestBody).join('')
