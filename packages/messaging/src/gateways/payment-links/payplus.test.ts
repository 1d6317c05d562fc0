import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PageRequest } from '@yoman/domain/payment-links/provider'
import { type PayPlusStandIn, startPayPlus } from '@yoman/runtime/payplus/start'
import { hashOfCallback, isFromPayPlus, readCallback } from '../../payment-links/callback.ts'
import { payPlus } from './payplus.ts'
import { approved, transactionsOf } from './payplus-wire.ts'

const keys = { apiKey: 'key', secretKey: 'secret', pageUid: 'page' }
const request: PageRequest = { linkId: '0197a000-0000-7000-8000-000000000001', amount: 18_050, language: 'he', payerName: 'שרה כהן', minutes: 20_160, callbackUrl: 'https://clinic.example/hooks/payments/word' }
const badAnswers = [{ kind: 'status', status: 503 }, { kind: 'status', status: 429 }, { kind: 'cut' }, { kind: 'page' }, { kind: 'delay', ms: 1_500 }] as const

let house: PayPlusStandIn
beforeAll(async () => void (house = await startPayPlus({ keys, log: () => {} })))
afterAll(() => house.stop())

const gateway = (timeoutMs = 10_000) => payPlus({ apiUrl: house.apiUrl, timeoutMs })
const waits = (fault: { kind: string }): number => (fault.kind === 'delay' ? 500 : 10_000)

async function page(): Promise<{ pageId: string; url: string }> {
  const answer = await gateway().openPage(keys, request)
  if (answer.kind !== 'opened') throw new Error(`no page: ${answer.kind}`)
  return answer
}

describe('a page to pay on', () => {
  it('is of one sum in shekels, tells nothing of a treatment, and lets PayPlus write no invoice', async () => {
    const { pageId, url } = await page()
    expect(await (await fetch(url)).text()).toContain('₪180.50')
    expect(house.merchant.pages.get(pageId)?.asked).toEqual({
      payment_page_uid: 'page', charge_method: 1, amount: 180.5, currency_code: 'ILS', language_code: 'he', expiry_datetime: '20160', sendEmailApproval: false, sendEmailFailure: false,
      initial_invoice: false, create_token: false, send_failure_callback: false, refURL_callback: request.callbackUrl, more_info: request.linkId, customer: { customer_name: 'שרה כהן' },
    })
  })

  it('is not opened with other keys, or on a page that is not there', async () => {
    expect((await gateway().openPage({ ...keys, secretKey: 'other' }, request)).kind).toBe('unauthorised')
    expect(await gateway().openPage({ ...keys, pageUid: 'other' }, request)).toEqual({ kind: 'refused', message: 'payment-page-not-exist' })
    expect((await gateway().check({ ...keys, apiKey: 'other' })).kind).toBe('unauthorised')
    expect((await gateway().check({ ...keys, pageUid: 'other' })).kind).toBe('refused')
    expect((await gateway().check(keys)).kind).toBe('good')
  })

  it.each(badAnswers)('may be asked for again where nobody answered well: $kind', async (fault) => {
    house.faults.add({ at: 'open', ...fault })
    expect((await gateway(waits(fault)).openPage(keys, request)).kind).toBe('unreachable')
  })

  it('is refused where PayPlus says so with a good status', async () => {
    house.faults.add({ at: 'open', kind: 'error', description: 'terminal is blocked' })
    expect(await gateway().openPage(keys, request)).toEqual({ kind: 'refused', message: 'terminal is blocked' })
  })

  it('is closed for good', async () => {
    const { pageId, url } = await page()
    expect((await gateway().closePage(keys, pageId)).kind).toBe('closed')
    expect(await (await fetch(url)).text()).toContain('הדף נסגר')
    expect((await gateway().closePage(keys, 'nowhere')).kind).toBe('refused')
  })

  it('is not known to be closed where nobody is there', async () => {
    expect((await payPlus({ apiUrl: 'http://127.0.0.1:9' }).closePage(keys, 'page')).kind).toBe('unreachable')
  })
})

describe('money', () => {
  it('is none before somebody pays, and none of a card that was declined', async () => {
    const { pageId } = await page()
    expect(await gateway().moneyOf(keys, { pageId, transactionIds: [] })).toEqual({ kind: 'known', money: [] })
    house.merchant.charge(pageId, { status: '033' })
    expect(await gateway().moneyOf(keys, { pageId, transactionIds: [] })).toEqual({ kind: 'known', money: [] })
  })

  it('is told as it came, each once, by the page and by its transaction', async () => {
    const { pageId } = await page()
    house.merchant.charge(pageId, { status: '033' })
    const charge = house.merchant.charge(pageId)
    const late = house.merchant.charge(pageId, { late: true, method: 'bit', currency: 'USD', amount: 12 })
    const first = { transactionId: charge.uid, amount: 18_050, currency: 'ILS', method: 'card', linkId: request.linkId, approval: String(3_000_000 + charge.number), lastFour: '9844', brand: 'mastercard', instalments: 1 }
    const second = { ...first, transactionId: late.uid, amount: 1_200, currency: 'USD', method: 'bit', approval: String(3_000_000 + late.number), lastFour: null, brand: null }
    const all = await gateway().moneyOf(keys, { pageId, transactionIds: [charge.uid, late.uid] })
    expect(all.kind === 'known' ? [...all.money].sort((one, other) => Number(one.approval) - Number(other.approval)) : all).toEqual([first, second])
    expect(await gateway().moneyOf(keys, { pageId: null, transactionIds: [charge.uid] })).toEqual({ kind: 'known', money: [first] })
  })

  it.each(badAnswers)('is not known where nobody answered well: $kind', async (fault) => {
    house.faults.add({ at: 'find', ...fault })
    expect((await gateway(waits(fault)).moneyOf(keys, { pageId: 'any', transactionIds: [] })).kind).toBe('unreachable')
  })

  it('is read from a callback-like answer too, and a refund, a hold and a sum with parts of an agora are none that is booked', () => {
    const nested = { data: { transaction_type: 'Charge', transaction: { uid: 't', status_code: '000', amount: '149.00', currency: 'ils', payments: { number_of_payments: 3 }, more_info: 'x' }, data: { card_information: { four_digits: '1234' } } } }
    expect(approved(transactionsOf(nested))).toMatchObject([{ transactionId: 't', amount: 14_900, currency: 'ILS', instalments: 3, lastFour: '1234', linkId: 'x', method: 'card' }])
    const one = { transaction_uid: 't', status_code: '000', amount: 1, currency: 'ILS' }
    expect(['Refund', 'Approval', 'Check'].flatMap((type) => approved([{ ...one, type }]))).toEqual([])
    expect([1.005, '1,000', -5, null, 0.1].map((amount) => approved([{ ...one, type: 'Charge', amount }])[0]?.amount)).toEqual([null, null, null, null, 10])
  })
})

describe('a callback', () => {
  const body = Buffer.from('{"transaction":{"uid":"t","payment_request_uid":"p","more_info":"l"}}')

  it('is believed where its very bytes were signed with the secret, and by nobody but PayPlus', () => {
    const hash = hashOfCallback(body, 'secret')
    expect(isFromPayPlus(body, 'secret', { hash, userAgent: 'PayPlus' })).toBe(true)
    expect(isFromPayPlus(body, 'other', { hash, userAgent: 'PayPlus' })).toBe(false)
    expect(isFromPayPlus(Buffer.concat([body, Buffer.from(' ')]), 'secret', { hash, userAgent: 'PayPlus' })).toBe(false)
    expect(isFromPayPlus(body, 'secret', { hash, userAgent: 'curl' })).toBe(false)
    for (const forged of [undefined, '', 'AAAA', ['x']]) expect(isFromPayPlus(body, 'secret', { hash: forged, userAgent: 'PayPlus' })).toBe(false)
  })

  it('names a page, a link and a transaction, or nothing', () => {
    expect(readCallback(body)).toEqual({ pageId: 'p', linkId: 'l', transactionId: 't' })
    expect(readCallback(Buffer.from('{"page_request_uid":"p","transaction_uid":"t"}'))).toEqual({ pageId: 'p', linkId: '', transactionId: 't' })
    for (const nothing of ['', 'null', '[]', '{}', '<html>', '{"transaction":7}']) expect(readCallback(Buffer.from(nothing))).toBe(null)
  })
})
