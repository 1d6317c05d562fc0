import { lookup } from 'node:dns'
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import type { NoAnswer } from '@yoman/domain/accounting/service'

export interface HttpSettings {
  /** Origins that the installation names: they may lie in its own network, and need no https. */
  trusted: readonly string[]
  /** Milliseconds until a request counts as unanswered. Default 15,000. */
  timeoutMs?: number
}

/** What came back. `status` 0: nothing did, and `text` says why; never with an address in it, since one of the services has its key there. */
export interface Reply {
  status: number
  text: string
}

export interface Asked {
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body?: string
}

export type Http = (url: string, asked: Asked) => Promise<Reply>

const mostBytes = 64 * 1024 * 1024

// A clinic types the address: it must lead to no machine of the installation's own network, whatever its name says. An IPv4 address written as IPv6 is checked as what it is.
const own = new BlockList()
for (const [net, bits] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 3]] as const) own.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [['::', 127], ['64:ff9b::', 96], ['2002::', 16], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8]] as const) own.addSubnet(net, bits, 'ipv6')

/** Whether an IP address is one of the machine's own network. */
export const isOwnNetwork = (address: string): boolean => own.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Asks once, follows nowhere, and resolves a name once: what it was checked against is what is called. */
export function openHttp({ trusted, timeoutMs = 15_000 }: HttpSettings): Http {
  return async (url, asked) => {
    const { origin, hostname, protocol } = new URL(url)
    const isTrusted = trusted.includes(origin)
    if (!isTrusted && (protocol !== 'https:' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0)) return { status: 0, text: 'That is no public address.' }
    try {
      return await send(url, asked, timeoutMs, isTrusted ? undefined : publicOnly)
    } catch (error) {
      return { status: 0, text: error instanceof Error ? reasonOf(error) : 'no answer' }
    }
  }
}

const reasonOf = (error: Error & { code?: string }): string => error.code ?? error.name

const publicOnly: LookupFunction = (hostname, options, done) =>
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    if (error || !first) return done(error ?? Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '', 0)
    if (addresses.some(({ address }) => isOwnNetwork(address))) return done(Object.assign(new Error('an address of the own network'), { code: 'EACCES' }), '', 0)
    return options.all ? done(null, addresses) : done(null, first.address, first.family)
  })

function send(url: string, { method, headers, body }: Asked, timeoutMs: number, only: LookupFunction | undefined): Promise<Reply> {
  const open = url.startsWith('https:') ? secureRequest : plainRequest
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const request = open(url, { method, headers: { ...headers, ...length }, signal: AbortSignal.timeout(timeoutMs), agent: false, ...(only ? { lookup: only } : {}) }, (response) => {
      const chunks: Buffer[] = []
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > mostBytes) response.destroy(Object.assign(new Error('too long'), { code: 'EMSGSIZE' }))
        else chunks.push(chunk)
      })
      response.on('error', reject)
      response.on('aborted', () => reject(Object.assign(new Error('cut'), { code: 'ECONNRESET' })))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }))
    })
    request.on('error', reject)
    request.end(body)
  })
}

export const isTheirTrouble = (status: number): boolean => status === 0 || status >= 500 || status === 408 || status === 409 || status === 429

/** A reply that is neither good nor a refusal of what was asked. */
export function noAnswerOf({ status, text }: Reply): NoAnswer | null {
  if (status === 401 || status === 403) return { kind: 'unauthorised' }
  return isTheirTrouble(status) ? { kind: 'unreachable', message: status === 0 ? text : `HTTP ${status}` } : null
}

export function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null // a page of some proxy: its status says enough
  }
}

/** Which of the keys the service's words name, as a word of its own. */
export const keyNamed = (keys: readonly string[], words: string): string | null =>
  [...new Set(keys)].sort((a, b) => b.length - a.length).find((key) => words.split(/[^\p{L}\p{N}._/-]+/u).some((word) => word.replace(/^[.-]+|[.-]+$/g, '') === key)) ?? null

