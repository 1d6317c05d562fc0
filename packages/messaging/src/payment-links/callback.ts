import { createHmac, timingSafeEqual } from 'node:crypto'

/** The `hash` header of what PayPlus posts: base64 of the HMAC-SHA256 of the body's bytes under the clinic's secret key. */
export const hashOfCallback = (raw: Buffer, secretKey: string): string => createHmac('sha256', secretKey).update(raw).digest('base64')

/** Whether PayPlus posted this, compared in constant time. */
export function isFromPayPlus(raw: Buffer, secretKey: string, headers: { hash: unknown; userAgent: unknown }): boolean {
  if (headers.userAgent !== 'PayPlus' || typeof headers.hash !== 'string') return false
  const [wanted, said] = [Buffer.from(hashOfCallback(raw, secretKey)), Buffer.from(headers.hash)]
  return wanted.length === said.length && timingSafeEqual(wanted, said)
}

/** What a callback names: the page, our link, and its transaction. Nothing else of it is used. Null where it names no page and no link. */
export function readCallback(raw: Buffer): { pageId: string; linkId: string; transactionId: string } | null {
  const body = objectOf(parsed(raw))
  const transaction = objectOf(body['transaction'])
  const one = { ...body, ...transaction }
  const pageId = textOf(one['payment_request_uid']) || textOf(one['payment_page_request_uid']) || textOf(one['page_request_uid'])
  const linkId = textOf(one['more_info'])
  const transactionId = textOf(one['uid']) || textOf(one['transaction_uid'])
  return pageId === '' && linkId === '' ? null : { pageId, linkId, transactionId }
}

function parsed(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'))
  } catch {
    return null // signed, and no JSON: it names nothing
  }
}

const objectOf = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {})
const textOf = (value: unknown): string => (typeof value === 'string' && value.length <= 100 && /^[\x21-\x7e]*$/.test(value) ? value : '')
