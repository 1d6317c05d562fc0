import type { NoAnswer, PaymentProvider, ProviderKeys } from '@yoman/domain/payment-links/provider'
import { approved, pageBody, transactionsOf } from './payplus-wire.ts'
import { type Reply, sent } from '../json-reply.ts'

export interface PayPlusSettings {
  /** With its version, without a slash at its end, as `https://restapi.payplus.co.il/api/v1.0`. */
  apiUrl: string
  /** Milliseconds until a request counts as unanswered. Default 10,000. */
  timeoutMs?: number
}

/** PayPlus by HTTP, as docs.payplus.co.il has it. Asks once per call: repeating is the caller's, who knows what was written down. */
export function payPlus({ apiUrl, timeoutMs = 10_000 }: PayPlusSettings): PaymentProvider {
  const asked = (keys: ProviderKeys, path: string, body?: object): Promise<Reply> =>
    sent(`${apiUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST', redirect: 'error', signal: AbortSignal.timeout(timeoutMs),
      headers: { 'content-type': 'application/json', accept: 'application/json', 'api-key': keys.apiKey, 'secret-key': keys.secretKey },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const transactions = async (keys: ProviderKeys, by: object): Promise<{ kind: 'known'; found: Record<string, unknown>[] } | NoAnswer> => {
    const reply = await asked(keys, '/PaymentPages/ipn-full', { ...by, related_transaction: true })
    // A page that nobody paid on, and a transaction that is not the clinic's, are answered as an error of the request.
    if (isNothingFound(reply)) return { kind: 'known', found: [] }
    return unwell(reply) ?? { kind: 'known', found: transactionsOf(reply.body) }
  }
  return {
    check: async (keys) => unwell(await asked(keys, `/PaymentPages/ChargeMethods?payment_page_uid=${encodeURIComponent(keys.pageUid)}`)) ?? { kind: 'good' },
    openPage: async (keys, request) => {
      const reply = await asked(keys, '/PaymentPages/generateLink', pageBody(keys.pageUid, request))
      return unwell(reply) ?? pageOf(reply)
    },
    moneyOf: async (keys, { pageId, transactionIds }) => {
      const found: Record<string, unknown>[] = []
      for (const by of [...(pageId === null ? [] : [{ payment_request_uid: pageId }]), ...transactionIds.map((id) => ({ transaction_uid: id }))]) {
        const answer = await transactions(keys, by)
        if (answer.kind !== 'known') return answer
        found.push(...answer.found)
      }
      const money = approved(found)
      return { kind: 'known', money: [...new Map(money.map((one) => [one.transactionId, one])).values()] }
    },
    closePage: async (keys, pageId) => unwell(await asked(keys, `/PaymentPages/Disable/${encodeURIComponent(pageId)}`, {})) ?? { kind: 'closed' },
  }
}

const resultsOf = (body: Record<string, unknown>): Record<string, unknown> => (typeof body['results'] === 'object' && body['results'] !== null ? { ...body['results'] } : {})

/** PayPlus says how it went in `results`, whatever the status: what is not `success` there did not happen. Null where it did. */
function unwell({ status, body }: Reply): NoAnswer | null {
  const results = resultsOf(body)
  const message = String(results['description'] ?? body['message'] ?? `HTTP ${status}`).slice(0, 300)
  if (status === 401 || status === 403) return { kind: 'unauthorised' }
  if (status === 0 || status >= 500 || status === 408 || status === 429) return { kind: 'unreachable', message }
  if (status >= 400 || results['status'] === 'error') return { kind: 'refused', message }
  return results['status'] === 'success' ? null : { kind: 'unreachable', message: 'the answer is none of PayPlus' }
}

function isNothingFound({ status, body }: Reply): boolean {
  const results = resultsOf(body)
  return (status === 200 || status === 400 || status === 404 || status === 422) && results['status'] === 'error' && /not.?found|no.?transaction|does not exist/i.test(String(results['description'] ?? ''))
}

function pageOf({ body }: Reply): { kind: 'opened'; pageId: string; url: string } | NoAnswer {
  const { page_request_uid: pageId, payment_page_link: url } = typeof body['data'] === 'object' && body['data'] !== null ? (body['data'] as Record<string, unknown>) : {} // an object, as was asked
  if (typeof pageId !== 'string' || typeof url !== 'string' || pageId === '' || !/^https?:\/\//.test(url)) return { kind: 'unreachable', message: 'the answer names no page' }
  return { kind: 'opened', pageId, url }
}
