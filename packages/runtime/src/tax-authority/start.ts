import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { wallClock } from '../clock.ts'
import { HttpError, send, sendJson, type Exchange } from '../post-office/exchange.ts'
import { answer, Approvals } from './approvals.ts'
import { AuthorityFaults } from './faults.ts'
import { type Client, Consents } from './oauth.ts'

export type StandInOptions = Client & {
  /** A free port of 127.0.0.1 is chosen when absent. */
  port?: number
  /** How long an access token lasts. Default 601, as the authority's. */
  accessSeconds?: number
  log: (line: string) => void
}

export type TaxAuthorityStandIn = {
  /** Bases of the two services. No slash at their end. */
  oauthUrl: string
  apiUrl: string
  consents: Consents
  approvals: Approvals
  faults: AuthorityFaults
  stop: () => Promise<void>
}

/** The local stand-in for the Tax Authority's allocation numbers: its consent page, its rotating tokens, its approvals and its failures. Nothing leaves the machine. */
export async function startTaxAuthority(options: StandInOptions): Promise<TaxAuthorityStandIn> {
  const { log, accessSeconds = 601 } = options
  const office: Office = { consents: new Consents(options, accessSeconds, wallClock), approvals: new Approvals(), faults: new AuthorityFaults(), log }
  const server = createServer((request, response) => void serve(office, request, response))
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      const address = server.address()
      resolve(address && typeof address === 'object' ? address.port : 0)
    })
  })
  const base = `http://127.0.0.1:${port}/shaam/tsandbox`
  return {
    oauthUrl: base, apiUrl: base, consents: office.consents, approvals: office.approvals, faults: office.faults,
    stop: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

type Office = { consents: Consents; approvals: Approvals; faults: AuthorityFaults; log: (line: string) => void }

async function serve(office: Office, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://authority')
  const exchange: Exchange = { request, response, method: request.method ?? '', path: url.pathname.replace('/shaam/tsandbox', ''), query: url.searchParams }
  try {
    await route(office, exchange)
  } catch (error) {
    if (response.headersSent || request.socket.destroyed) return office.log(`${request.url}: ${error}`)
    if (error instanceof HttpError) return sendJson(response, error.status, { message: error.message })
    office.log(`${request.url}: ${error instanceof Error ? error.stack : error}`)
    sendJson(response, 500, { message: 'The stand-in stumbled; its log says why.' })
  }
}

async function route(office: Office, exchange: Exchange): Promise<void> {
  const what = `${exchange.method} ${exchange.path}`
  if (what === 'GET /longtimetoken/oauth2/authorize') return office.consents.page(exchange)
  if (what === 'POST /longtimetoken/oauth2/token') return token(office, exchange)
  if (what === 'POST /Invoices/v2/Approval') return approval(office, exchange)
  throw new HttpError(404, 'The stand-in knows no such service.')
}

async function token({ consents, faults }: Office, exchange: Exchange): Promise<void> {
  const fault = faults.take('token')
  if (fault?.kind === 'delay') await sleep(fault.ms)
  if (fault?.kind === 'status') return sendJson(exchange.response, fault.status, { message: fault.message ?? 'A fault that was asked for' })
  if (fault?.kind === 'page') return page(exchange)
  if (fault?.kind === 'cut') exchange.response.end = () => exchange.response.destroy() // what is decided below stands, and nobody hears of it
  await consents.token(exchange)
}

async function approval({ consents, approvals, faults }: Office, exchange: Exchange): Promise<void> {
  const fault = faults.take('approval')
  if (fault?.kind === 'delay') await sleep(fault.ms)
  if (fault?.kind === 'status') return sendJson(exchange.response, fault.status, { status: fault.status, message: fault.message ?? 'A fault that was asked for', approved: false })
  if (fault?.kind === 'page') return page(exchange)
  if (!consents.isGood(exchange.request.headers.authorization)) return sendJson(exchange.response, 401, { status: 401, message: 'Unauthorized' })
  const decided = await approvals.decide(exchange)
  if (fault?.kind === 'cut') return void exchange.request.socket.destroy()
  answer(exchange, decided)
}

const page = ({ response }: Exchange): void => send(response, 200, 'text/html', '<h1>Maintenance</h1>')
