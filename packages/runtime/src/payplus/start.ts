import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { HttpError, readJson, send, sendJson, type Exchange } from '../post-office/exchange.ts'
import { ProviderFaults } from './faults.ts'
import { pressOn, showPage } from './hosted-page.ts'
import { type Charge, Merchant, type MerchantKeys, told } from './merchant.ts'

export type StandInOptions = {
  keys: MerchantKeys
  /** A free port of 127.0.0.1 is chosen when absent. */
  port?: number
  log: (line: string) => void
}

export type PayPlusStandIn = {
  /** Base of the API. No slash at its end. */
  apiUrl: string
  merchant: Merchant
  faults: ProviderFaults
  /** Posts what PayPlus would about a charge. @returns the status of the answer; 0 where nobody answered. */
  tell: (charge: Charge) => Promise<number>
  stop: () => Promise<void>
}

type House = { merchant: Merchant; faults: ProviderFaults; base: string; log: (line: string) => void; ended: AbortController }

const prefix = '/api/v1.0'

/** The local stand-in for PayPlus: its API for payment pages, a page to pay on, signed callbacks, and its failures. Nothing leaves the machine. */
export async function startPayPlus({ keys, port: wanted, log }: StandInOptions): Promise<PayPlusStandIn> {
  const house: House = { merchant: new Merchant(keys), faults: new ProviderFaults(), base: '', log, ended: new AbortController() }
  const server = createServer((request, response) => void serve(house, request, response))
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted ?? 0, '127.0.0.1', () => {
      const address = server.address()
      resolve(address && typeof address === 'object' ? address.port : 0)
    })
  })
  house.base = `http://127.0.0.1:${port}`
  return {
    apiUrl: `${house.base}${prefix}`, merchant: house.merchant, faults: house.faults, tell: (charge) => tell(house, charge),
    stop: () => new Promise((resolve) => {
      house.ended.abort()
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

async function serve(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://payplus')
  const exchange: Exchange = { request, response, method: request.method ?? '', path: url.pathname, query: url.searchParams }
  try {
    if (exchange.path.startsWith(prefix)) return await api(house, exchange)
    if (exchange.method === 'POST') return void tellUntilHeard(house, await pressOn(house.merchant, exchange))
    showPage(house.merchant, exchange)
  } catch (error) {
    if (response.headersSent || request.socket.destroyed) return house.log(`${request.url}: ${error}`)
    if (error instanceof HttpError) return sendJson(response, error.status, failed(error.message))
    house.log(`${request.url}: ${error instanceof Error ? error.stack : error}`)
    sendJson(response, 500, failed('The stand-in stumbled; its log says why.'))
  }
}

const failed = (description: string) => ({ results: { status: 'error', code: 1, description } })
const done = (data: unknown) => ({ results: { status: 'success', code: 0, description: 'operation has been success' }, data })

async function api({ merchant, faults, base }: House, exchange: Exchange): Promise<void> {
  const { request, response, method, path, query } = exchange
  const what = `${method} ${path.slice(prefix.length)}`
  const closes = /^POST \/PaymentPages\/Disable\/(.+)$/.exec(what)?.[1]
  const at = closes === undefined ? ({ 'GET /PaymentPages/ChargeMethods': 'check', 'POST /PaymentPages/generateLink': 'open', 'POST /PaymentPages/ipn-full': 'find' } as const)[what] : 'close'
  if (!at) throw new HttpError(404, 'The stand-in knows no such service.')
  const fault = faults.take(at)
  if (fault?.kind === 'delay') await sleep(fault.ms)
  if (fault?.kind === 'status') return sendJson(response, fault.status, failed('A fault that was asked for'))
  if (fault?.kind === 'error') return sendJson(response, 200, failed(fault.description))
  if (fault?.kind === 'page') return send(response, 200, 'text/html', '<h1>Maintenance</h1>')
  if (request.headers['api-key'] !== merchant.keys.apiKey || request.headers['secret-key'] !== merchant.keys.secretKey) return sendJson(response, 403, failed('not-authorize-for-this-request'))
  const answer = at === 'check' ? check(merchant, query.get('payment_page_uid')) : at === 'close' ? close(merchant, closes ?? '') : at === 'open' ? open(merchant, base, await asked(exchange)) : find(merchant, await asked(exchange))
  if (fault?.kind === 'cut') return void request.socket.destroy()
  sendJson(response, 200, answer)
}

const asked = async ({ request }: Exchange): Promise<Record<string, unknown>> => (await readJson(request)) as Record<string, unknown> // what our own adapter posts

const check = ({ keys }: Merchant, pageUid: string | null) => (pageUid === keys.pageUid ? done([{ name: 'credit-card' }, { name: 'bit' }]) : failed('payment-page-not-exist'))

function open(merchant: Merchant, base: string, body: Record<string, unknown>) {
  if (body['payment_page_uid'] !== merchant.keys.pageUid) return failed('payment-page-not-exist')
  if (typeof body['amount'] !== 'number' || body['amount'] <= 0) return failed('amount-is-not-valid')
  const { uid } = merchant.open(body)
  return done({ page_request_uid: uid, payment_page_link: `${base}/${uid}` })
}

function find({ charges }: Merchant, { payment_request_uid: pageUid, transaction_uid: uid }: Record<string, unknown>) {
  const found = charges.filter((one) => (uid === undefined ? one.pageUid === pageUid : one.uid === uid))
  const last = found.at(-1)
  return last ? done({ ...told(last), related_transactions: found.slice(0, -1).map(told) }) : failed('transaction-not-found')
}

function close({ pages }: Merchant, uid: string) {
  const page = pages.get(uid)
  if (!page) return failed('page-request-not-found')
  page.closed = true
  return done({})
}

async function tell({ merchant, ended, log }: House, charge: Charge): Promise<number> {
  const { url, body, headers } = merchant.callback(charge)
  try {
    return (await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.any([ended.signal, AbortSignal.timeout(10_000)]) })).status
  } catch (error) {
    log(`${url}: ${error}`)
    return 0
  }
}

/** A charge that was approved is told of until somebody hears, for half a minute. */
async function tellUntilHeard(house: House, charge: Charge): Promise<void> {
  if (charge.status !== '000' || house.merchant.mute) return
  for (let pause = 500; pause < 16_000 && !house.ended.signal.aborted; pause *= 2) {
    const status = await tell(house, charge)
    if (status > 0 && status < 500) return
    await sleep(pause)
  }
}
