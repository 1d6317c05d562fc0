import { randomBytes } from 'node:crypto'
import { HttpError, readBody, send, sendJson, type Exchange } from '../post-office/exchange.ts'

export type Client = { clientId: string; clientSecret: string }

const newToken = (): string => randomBytes(24).toString('base64url')

/** Consents, and tokens that rotate: a refresh token that was used is worth nothing, and is told as `reused`. */
export class Consents {
  readonly #client: Client
  readonly #accessMs: number
  readonly #now: () => number
  readonly #codes = new Map<string, string>()
  readonly #access = new Map<string, number>()
  readonly #refresh = new Set<string>()
  readonly #used = new Set<string>()
  /** How often a used refresh token came again: two processes used one, or a crash lost the new one. */
  reused = 0
  refreshed = 0

  constructor(client: Client, accessSeconds: number, now: () => number) {
    this.#client = client
    this.#accessMs = accessSeconds * 1_000
    this.#now = now
  }

  isGood(authorization: string | undefined): boolean {
    const until = this.#access.get(authorization?.replace(/^Bearer /, '') ?? '')
    return until !== undefined && until > this.#now()
  }

  /** All access tokens end now; refresh tokens too where `all`. */
  revoke(all = false): void {
    this.#access.clear()
    if (all) this.#refresh.clear()
  }

  /** The page on which somebody of the business consents: one press, where the real one wants a smart card. */
  page({ query, response }: Exchange): void {
    const redirect = query.get('redirect_uri') ?? ''
    if (query.get('client_id') !== this.#client.clientId || query.get('response_type') !== 'code' || !URL.canParse(redirect)) throw new HttpError(400, 'That is no request for a consent.')
    const code = newToken()
    this.#codes.set(code, redirect)
    const back = new URL(redirect)
    back.searchParams.set('code', code)
    back.searchParams.set('state', query.get('state') ?? '')
    send(response, 200, 'text/html; charset=utf-8', `<!doctype html><html lang="en"><meta charset="utf-8"><title>Stand-in of the Tax Authority</title><main style="max-width:30rem;margin:15vh auto;font-family:sans-serif;text-align:center"><h1>Stand-in of the Tax Authority</h1><p>Nothing here reaches the real one.</p><p><a id="consent" href="${escaped(back.toString())}">Consent · מתן הסכמה</a></p></main>`)
  }

  async token({ request, response }: Exchange): Promise<void> {
    const fields = new URLSearchParams(await readBody(request))
    const { clientId, clientSecret } = this.#client
    if (request.headers.authorization !== `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`) return sendJson(response, 401, { error: 'invalid_client' })
    if (!this.#isGranted(fields)) return sendJson(response, 400, { error: 'invalid_grant', message: 'The grant is not known, or was used.' })
    const [access, refresh] = [newToken(), newToken()]
    this.#access.set(access, this.#now() + this.#accessMs)
    this.#refresh.add(refresh)
    sendJson(response, 200, { token_type: 'bearer', access_token: access, expires_in: this.#accessMs / 1_000, refresh_token: refresh, refresh_token_expires_in: 7_776_000 })
  }

  #isGranted(fields: URLSearchParams): boolean {
    if (fields.get('grant_type') === 'authorization_code') {
      const code = fields.get('code') ?? ''
      const redirect = this.#codes.get(code)
      this.#codes.delete(code)
      return redirect !== undefined && redirect === fields.get('redirect_uri')
    }
    const token = fields.get('refresh_token') ?? ''
    if (this.#used.has(token)) this.reused += 1
    if (fields.get('grant_type') !== 'refresh_token' || !this.#refresh.delete(token)) return false
    this.#used.add(token)
    this.refreshed += 1
    return true
  }
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
