import type { AllocationAnswer, TaxAuthority, TokenAnswer } from '@yoman/domain/allocation-numbers/authority'
import { approvalBody } from './wire.ts'
import { type Reply, sent } from '../json-reply.ts'

export interface TaxAuthoritySettings {
  clientId: string
  clientSecret: string
  /** Both without a slash at their end. */
  oauthUrl: string
  apiUrl: string
  /** Milliseconds until a request counts as unanswered. Default 10,000. */
  timeoutMs?: number
}

/** The Tax Authority by HTTP. Asks once per call: repeating is the caller's, who knows what was written down. */
export function taxAuthority({ clientId, clientSecret, oauthUrl, apiUrl, timeoutMs = 10_000 }: TaxAuthoritySettings): TaxAuthority {
  const post = (url: string, headers: Record<string, string>, body: string): Promise<Reply> => sent(url, { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) })
  const token = async (fields: Record<string, string>): Promise<TokenAnswer> => {
    const headers = { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`, 'content-type': 'application/x-www-form-urlencoded' }
    return readTokens(await post(`${oauthUrl}/longtimetoken/oauth2/token`, headers, new URLSearchParams({ ...fields, scope: 'scope' }).toString()))
  }
  return {
    tokensOfCode: (code, redirectUri) => token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
    refresh: (refreshToken) => token({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    approve: async (accessToken, request) => readApproval(await post(`${apiUrl}/Invoices/v2/Approval`, { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' }, JSON.stringify(approvalBody(request)))),
  }
}

const messageOf = ({ status, body }: Reply): string => (typeof body['message'] === 'string' ? body['message'] : `HTTP ${status}`)
const isTheirTrouble = (status: number): boolean => status === 0 || status >= 500 || status === 408 || status === 429

/** Access tokens last some ten minutes, refresh tokens ninety days: what the authority says where its answer leaves it out. */
const [accessSeconds, refreshSeconds] = [601, 7_776_000]
const secondsOf = (value: unknown, otherwise: number): number => (Number.isFinite(Number(value)) && Number(value) > 0 ? Math.floor(Number(value)) : otherwise)

function readTokens(reply: Reply): TokenAnswer {
  const { access_token: access, refresh_token: refresh, expires_in: accessLasts, refresh_token_expires_in: refreshLasts } = reply.body
  if (reply.status === 200 && typeof access === 'string' && typeof refresh === 'string') {
    return { kind: 'tokens', tokens: { access, refresh, accessSeconds: secondsOf(accessLasts, accessSeconds), refreshSeconds: secondsOf(refreshLasts, refreshSeconds) } }
  }
  // Something that is no answer of theirs uses nothing up; only what they refused has to be asked for anew.
  return { kind: isTheirTrouble(reply.status) || reply.status === 200 ? 'unreachable' : 'rejected', message: messageOf(reply) }
}

/** The code stands in the body, and may be the answer's own status too. */
function readApproval(reply: Reply): AllocationAnswer {
  if (reply.status === 401) return { kind: 'unauthorised' }
  const said = Number(reply.body['status'])
  const code = Number.isInteger(said) && said >= 200 ? said : reply.status
  const number = String(reply.body['confirmation_number'] ?? '').trim()
  if (code === 200 && /^\d{9,40}$/.test(number)) return { kind: 'approved', number }
  if (code === 401) return { kind: 'unauthorised' }
  // A refusal may come as 200 with `approved: false`.
  if (code === 200) return reply.body['approved'] === false ? { kind: 'refused', code: 460, message: messageOf(reply) } : { kind: 'unreachable', message: messageOf(reply) }
  return isTheirTrouble(code) || isTheirTrouble(reply.status) ? { kind: 'unreachable', message: messageOf(reply) } : { kind: 'refused', code, message: messageOf(reply) }
}
