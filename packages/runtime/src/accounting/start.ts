import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { HttpError, send, sendJson, type Exchange } from '../post-office/exchange.ts'
import { LedgerFaults } from './faults.ts'
import { Hashavshevet, type HashavshevetLogin } from './hashavshevet.ts'
import { Ledger } from './ledger.ts'
import { changeByHand, showLedger } from './page.ts'
import { answerPriority, type PriorityLogin, tell } from './priority.ts'

export interface AccountingOptions {
  /** A free port of 127.0.0.1 is chosen when absent. */
  port?: number
  priority: PriorityLogin
  hashavshevet: HashavshevetLogin
  log: (line: string) => void
}

export interface AccountingStandIn {
  /** Its page, where entries are changed by hand. No slash at its end. */
  url: string
  /** What the clinic types as the address of each service. */
  priorityUrl: string
  hashavshevetUrl: string
  /** One ledger behind both services. */
  ledger: Ledger
  faults: LedgerFaults
  hashavshevet: Hashavshevet
  stop: () => Promise<void>
}

const priorityRoot = '/odata/Priority/tabula.ini'
const hashavshevetRoot = '/wizcloud'

/** The local stand-in for two accounting services, Priority and Hashavshevet in the cloud, with their failures. Nothing leaves the machine. */
export async function startAccounting(options: AccountingOptions): Promise<AccountingStandIn> {
  const ledger = new Ledger()
  const office: Office = { ...options, ledger, faults: new LedgerFaults(), hashavshevetService: new Hashavshevet(ledger, options.hashavshevet) }
  const server = createServer((request, response) => void serve(office, request, response))
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      const address = server.address()
      resolve(address && typeof address === 'object' ? address.port : 0)
    })
  })
  const url = `http://127.0.0.1:${port}`
  return {
    url, priorityUrl: `${url}${priorityRoot}`, hashavshevetUrl: `${url}${hashavshevetRoot}`, ledger, faults: office.faults, hashavshevet: office.hashavshevetService,
    stop: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

type Office = AccountingOptions & { ledger: Ledger; faults: LedgerFaults; hashavshevetService: Hashavshevet }

async function serve(office: Office, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://ledger')
  const exchange: Exchange = { request, response, method: request.method ?? '', path: url.pathname, query: url.searchParams }
  try {
    await route(office, exchange)
  } catch (error) {
    if (response.headersSent || request.socket.destroyed) return office.log(`${url.pathname}: ${error}`)
    if (error instanceof HttpError) return sendJson(response, error.status, { error: { message: error.message } })
    office.log(`${url.pathname}: ${error instanceof Error ? error.stack : error}`)
    sendJson(response, 500, { error: { message: 'The stand-in stumbled; its log says why.' } })
  }
}

async function route(office: Office, exchange: Exchange): Promise<void> {
  const { method, path } = exchange
  if (path === '/' && method === 'GET') return showLedger(office.ledger, hintOf(office), exchange)
  if (path === '/by-hand' && method === 'POST') return changeByHand(office.ledger, exchange)
  const isPush = method === 'POST' && !path.endsWith('/exportData')
  const fault = office.faults.take(isPush ? 'push' : 'read')
  if (fault?.kind === 'delay') await sleep(fault.ms, undefined, { ref: false })
  if (fault?.kind === 'status') return sendJson(exchange.response, fault.status, { error: { message: 'A fault that was asked for' } })
  if (fault?.kind === 'page') return send(exchange.response, 200, 'text/html', '<h1>Maintenance</h1>')
  const answer = await answerOf(office, exchange)
  if (fault?.kind === 'cut') return void exchange.request.socket.destroy()
  tell(exchange, answer)
}

function answerOf(office: Office, exchange: Exchange) {
  const { path } = exchange
  if (path.startsWith(`${priorityRoot}/`)) return answerPriority(office.ledger, office.priority, exchange, path.slice(priorityRoot.length))
  if (path.startsWith(`${hashavshevetRoot}/`)) return office.hashavshevetService.answer(exchange, path.slice(hashavshevetRoot.length))
  throw new HttpError(404, 'The stand-in knows no such service.')
}

const hintOf = ({ priority, hashavshevet }: Office): string =>
  `Priority: address ${priorityRoot}, company ${priority.company}, user ${priority.user}, password ${priority.password}. Hashavshevet: address ${hashavshevetRoot}, database ${hashavshevet.database}, key ${hashavshevet.key}, report ${hashavshevet.report}.`
