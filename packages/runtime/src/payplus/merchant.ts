import { createHmac, randomUUID } from 'node:crypto'

/** What a clinic would be given by PayPlus. */
export type MerchantKeys = { apiKey: string; secretKey: string; pageUid: string }

/** A page as it was asked for. */
export type Page = { uid: string; asked: Record<string, unknown>; amount: number; closed: boolean }

export type Charge = { uid: string; pageUid: string; number: number; amount: number; currency: string; method: 'credit-card' | 'bit'; status: string; moreInfo: string }

/** Pages and what was charged on them, of one merchant. */
export class Merchant {
  readonly keys: MerchantKeys
  readonly pages = new Map<string, Page>()
  readonly charges: Charge[] = []
  /** Nobody is told of money while this holds, as when a callback is lost. */
  mute = false

  constructor(keys: MerchantKeys) {
    this.keys = keys
  }

  open(asked: Record<string, unknown>): Page {
    const page = { uid: randomUUID(), asked, amount: Number(asked['amount']), closed: false }
    this.pages.set(page.uid, page)
    return page
  }

  /** Charges a card or the app on a page, the asked sum unless told otherwise. A closed page takes nothing, unless `late`: a charge that was under way. */
  charge(pageUid: string, { amount, currency = 'ILS', method = 'credit-card', status = '000', late = false }: { amount?: number; currency?: string; method?: Charge['method']; status?: string; late?: boolean } = {}): Charge {
    const page = this.pages.get(pageUid)
    if (!page || (page.closed && !late)) throw new Error('The page is closed.')
    const charge = { uid: randomUUID(), pageUid, number: this.charges.length + 1, amount: amount ?? page.amount, currency, method, status, moreInfo: String(page.asked['more_info'] ?? '') }
    this.charges.push(charge)
    if (status === '000') page.closed = true // a page is paid once
    return charge
  }

  /** What PayPlus would post about a charge, signed. */
  callback(charge: Charge): { url: string; body: string; headers: Record<string, string> } {
    const body = JSON.stringify({
      transaction_type: 'Charge',
      transaction: {
        uid: charge.uid, payment_request_uid: charge.pageUid, number: String(charge.number), type: charge.method, status_code: charge.status, amount: charge.amount, currency: charge.currency, credit_terms: 'regular',
        payments: { number_of_payments: 1 }, approval_number: approvalOf(charge), voucher_number: `00-00-${charge.number}`, more_info: charge.moreInfo, alternative_method_name: charge.method === 'bit' ? 'bit' : null,
      },
      data: { customer_uid: '', terminal_uid: '', card_information: charge.method === 'bit' ? {} : { brand_id: 3, four_digits: '9844' } },
    })
    return { url: String(this.pages.get(charge.pageUid)?.asked['refURL_callback'] ?? ''), body, headers: { 'content-type': 'application/json', 'user-agent': 'PayPlus', hash: this.sign(body) } }
  }

  /** As every answer and callback of PayPlus is signed: over its very bytes. */
  sign(body: string): string {
    return createHmac('sha256', this.keys.secretKey).update(body).digest('base64')
  }
}

const approvalOf = ({ number }: Charge): string => String(3_000_000 + number)

/** A charge as `ipn-full` tells it: flat. */
export const told = (charge: Charge) => ({
  type: 'Charge', transaction_uid: charge.uid, page_request_uid: charge.pageUid, number: String(charge.number), status_code: charge.status, status: charge.status === '000' ? 'approved' : 'rejected',
  amount: charge.amount, currency: charge.currency, method: charge.method, approval_num: approvalOf(charge), voucher_num: `00-00-${charge.number}`, number_of_payments: 1, more_info: charge.moreInfo,
  ...(charge.method === 'bit' ? { alternative_method_name: 'bit' } : { four_digits: '9844', brand_name: 'Mastercard' }),
})
