// What the tests of the post office share: an office in a folder of its own, the real SDKs pointed at it, a clinic that listens.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import twilio from 'twilio'
import { readBody } from './exchange.ts'
import { startPostOffice, type PostOffice, type PostOfficeOptions } from './start.ts'

export const accountSid = `AC${'0'.repeat(31)}1`
export const authToken = 'token-of-the-test'
export const sender = '+972559570100'
export const patient = '+972501234567'

const { RequestClient } = twilio

/** The SDK's own client, with the host of every address replaced, as the product does it. */
class RedirectedClient extends RequestClient {
  readonly #base: string
  constructor(base: string) {
    super({ timeout: 1_000 })
    this.#base = base
  }
  override request<T>(options: Parameters<typeof RequestClient.prototype.request<T>>[0]) {
    return super.request<T>({ ...options, uri: options.uri.replace('https://api.twilio.com', this.#base) })
  }
}

export const twilioAt = (office: PostOffice, token = authToken) => twilio(accountSid, token, { httpClient: new RedirectedClient(office.httpUrl) })

type Posted = { form: Record<string, string>; isSigned: boolean }

/** A clinic's webhook that checks signatures with Twilio's own function. */
export async function listenAsClinic(cleanUps: (() => unknown)[]) {
  const posted: Posted[] = []
  const server = createServer(async (request, response) => {
    const form = Object.fromEntries(new URLSearchParams(await readBody(request)))
    const isSigned = twilio.validateRequest(authToken, String(request.headers['x-twilio-signature']), `${url}${request.url}`, form)
    posted.push({ form, isSigned })
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`
  cleanUps.push(() => server.close())
  return { url, posted, statuses: () => posted.map(({ form }) => form['MessageStatus']) }
}

export function folder(cleanUps: (() => unknown)[]): string {
  const path = mkdtempSync(join(tmpdir(), 'yoman-post-'))
  cleanUps.push(() => rmSync(path, { recursive: true, force: true }))
  return path
}

export async function openOffice(cleanUps: (() => unknown)[], more: Partial<PostOfficeOptions> = {}): Promise<PostOffice> {
  const dataDir = more.dataDir ?? folder(cleanUps)
  const office = await startPostOffice({ accountSid, authToken, paceMs: 5, log: () => {}, ...more, dataDir })
  cleanUps.push(office.stop)
  return office
}
