import { setMaxListeners } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { wallClock } from '../clock.ts'
import { answerControl, reply, type Control, type Reply } from './control.ts'
import { type Call, type Deed, Hands } from './calls.ts'
import { carryCall } from './carry-call.ts'
import { deliver } from './delivery.ts'
import { HttpError, sendJson, type Exchange } from './exchange.ts'
import { Faults } from './faults.ts'
import { Ledger, type Sms } from './ledger.ts'
import { answerPage } from './pages.ts'
import { SmtpOffice } from './smtp.ts'
import { answerTwilio, type TwilioApi } from './twilio-api.ts'

export type PostOfficeOptions = {
  /** Where the ledger and the mails are kept; made if missing. */
  dataDir: string
  /** Free ports of 127.0.0.1 are chosen when absent. */
  httpPort?: number
  smtpPort?: number
  accountSid: string
  authToken: string
  /** Where patients' replies are posted. */
  inboundUrl?: string
  /** Sender of messages that name a Messaging Service alone. */
  serviceSender?: string
  /** Milliseconds from one state of a message to the next. Default 300. */
  paceMs?: number
  /** Milliseconds that a phone rings, and that a call waits for a key, where nobody said how the number takes its calls. Default 45,000. */
  ringMs?: number
  /** Zone of the jumps offered for the demo's clock. Default Asia/Jerusalem. */
  zone?: string
  log: (line: string) => void
}

export type PostOffice = {
  /** Base for Twilio's API, and the page to look at. No slash at its end. */
  httpUrl: string
  smtpUrl: string
  ledger: Ledger
  faults: Faults
  /** Answers an SMS as the patient. Resolves with what the webhook answered. */
  reply: (reply: Reply) => Promise<{ sid: string; outcome: number | string }>
  /** Takes a call, presses a key in it (`key 1`), hangs up. False where the call waits for nobody. */
  act: (sid: string, deed: Deed) => boolean
  /** Resolves when nothing that was accepted is still on its way. */
  idle: () => Promise<void>
  stop: () => Promise<void>
}

/**
 * The local stand-in for Twilio's messaging API and an SMTP provider: takes what they would take, keeps it and shows it.
 * Nothing leaves the machine but the callbacks its users ask for.
 * @throws Error when a port is taken
 */
export async function startPostOffice(options: PostOfficeOptions): Promise<PostOffice> {
  const { dataDir, accountSid, authToken, log, paceMs = 300, ringMs = 45_000 } = options
  const ledger = new Ledger(dataDir, wallClock)
  const closing = new AbortController()
  setMaxListeners(0, closing.signal) // one pause for each message on its way, and a reminder's hour brings hundreds
  const faults: Faults = new Faults((): Promise<void> => smtp.follow())
  const smtp = new SmtpOffice({ ledger, faults, log })
  const underWay = new Set<Promise<void>>()
  const hands = new Hands()
  const post = { accountSid, authToken, ledger, faults, hands, paceMs, ringMs, signal: closing.signal }
  const carry = (sid: string, work: Promise<void>) => {
    const carrying = work
      .catch((error: Error) => {
        if (error.name !== 'AbortError') log(`${sid}: ${error.stack}`)
      })
      .finally(() => underWay.delete(carrying))
    underWay.add(carrying)
  }
  const send = (sms: Sms) => carry(sms.sid, deliver(post, sms))
  const ring = (call: Call) => carry(call.sid, carryCall(post, call))
  const api: TwilioApi = { accountSid, authToken, serviceSender: options.serviceSender ?? '+972559570100', ledger, faults, accepted: send, called: ring, signal: closing.signal }
  const control: Control = { accountSid, authToken, inboundUrl: options.inboundUrl, zone: options.zone ?? 'Asia/Jerusalem', ledger, faults, hands, now: wallClock }

  const server = createServer((request, response) => void answer(api, control, request, response, log))
  const smtpPort = await named('SMTP', options.smtpPort, () => smtp.listen(options.smtpPort ?? 0))
  const httpPort = await named('HTTP', options.httpPort, () => listen(server, options.httpPort ?? 0)).catch(async (error) => {
    await smtp.stop()
    throw error
  })
  ledger.sent().forEach(send) // what a killed run left on its way
  ledger.calls.all().forEach(ring)
  return {
    httpUrl: `http://127.0.0.1:${httpPort}`,
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    ledger,
    faults,
    reply: (letter) => reply(control, letter),
    act: (sid, deed) => hands.act(sid, deed),
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
    stop: async () => {
      closing.abort()
      await Promise.all([smtp.stop(), close(server), ...underWay])
    },
  }
}

async function answer(api: TwilioApi, control: Control, request: IncomingMessage, response: ServerResponse, log: (line: string) => void): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://post.office')
    // Behind the product's address it is all under /dev/post; on its own port the same links work.
    const path = url.pathname.replace(/^\/dev\/post(?=\/|$)/, '') || '/'
    const exchange: Exchange = { request, response, method: request.method ?? '', path, query: url.searchParams }
    if (path.startsWith('/2010-04-01/')) await answerTwilio(api, exchange)
    else if (path.startsWith('/api/')) await answerControl(control, exchange)
    else answerPage(exchange)
  } catch (error) {
    if (response.headersSent || request.socket.destroyed) return log(`http ${request.url}: ${error}`)
    if (error instanceof HttpError) return sendJson(response, error.status, { message: error.message })
    if (error instanceof Error && error.name === 'AbortError') return void request.socket.destroy()
    log(`http ${request.url}: ${error instanceof Error ? error.stack : error}`)
    sendJson(response, 500, { message: 'The post office stumbled; its log says why.' })
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(address && typeof address === 'object' ? address.port : port)
    })
  })
}

async function named<T>(what: string, port: number | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new Error(`Port ${port} of 127.0.0.1, for the post office's ${what}, is taken by another program.`, { cause: error })
    }
    throw error
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
