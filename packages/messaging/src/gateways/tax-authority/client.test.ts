import { plainDate } from '@yoman/domain/time'
import type { AllocationRequest } from '@yoman/domain/allocation-numbers/authority'
import { startTaxAuthority, type TaxAuthorityStandIn } from '@yoman/runtime/tax-authority/start'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consentUrl } from '../../tax-authority/consent-url.ts'
import { taxAuthority } from './client.ts'

const client = { clientId: 'clinic', clientSecret: 'secret' }
const redirectUri = 'https://clinic.example/settings/tax-authority'
const request: AllocationRequest = {
  invoiceId: '0197a000-0000-7000-8000-000000000001', kind: '320', number: 12, issuedOn: plainDate('2026-11-22'), vatNumber: '514777715', dealerNumber: '777777715',
  payerName: 'אלון תעשיות מתקדמות ובניו בע״מ', net: 600_000, vat: 108_000, total: 708_000, vatBasisPoints: 1_800,
}

let office: TaxAuthorityStandIn
const gateway = (over: { timeoutMs?: number; clientSecret?: string; apiUrl?: string } = {}) => taxAuthority({ ...client, oauthUrl: office.oauthUrl, apiUrl: office.apiUrl, ...over })
beforeAll(async () => void (office = await startTaxAuthority({ ...client, log: () => {} })))
afterAll(() => office.stop())

/** Consents as somebody of the business does. @returns the code that comes back. */
async function consent(): Promise<string> {
  const page = await (await fetch(consentUrl({ clientId: client.clientId, oauthUrl: office.oauthUrl }, { state: 'the-word', redirectUri }))).text()
  const back = new URL((/href="([^"]+)"/.exec(page)?.[1] ?? '').replaceAll('&amp;', '&'))
  expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([redirectUri, 'the-word'])
  return back.searchParams.get('code') ?? ''
}

async function tokens() {
  const answer = await gateway().tokensOfCode(await consent(), redirectUri)
  if (answer.kind !== 'tokens') throw new Error(`no tokens: ${answer.kind}`)
  return answer.tokens
}

describe('the leave to ask', () => {
  it('is a code that is exchanged once, for tokens of which the one that refreshes rotates', async () => {
    const code = await consent()
    const first = await gateway().tokensOfCode(code, redirectUri)
    expect(first).toMatchObject({ kind: 'tokens', tokens: { accessSeconds: 601, refreshSeconds: 7_776_000 } })
    expect((await gateway().tokensOfCode(code, redirectUri)).kind).toBe('rejected')
    const before = first.kind === 'tokens' ? first.tokens : null
    const second = await gateway().refresh(before?.refresh ?? '')
    expect(second.kind === 'tokens' && second.tokens.refresh !== before?.refresh).toBe(true)
    expect((await gateway().refresh(before?.refresh ?? '')).kind).toBe('rejected')
  })

  it('is not given to whoever has another secret or comes from another page', async () => {
    expect((await gateway({ clientSecret: 'other' }).tokensOfCode(await consent(), redirectUri)).kind).toBe('rejected')
    expect((await gateway().tokensOfCode(await consent(), 'https://elsewhere.example/')).kind).toBe('rejected')
  })

  it.each([{ kind: 'status', status: 503 }, { kind: 'status', status: 429 }, { kind: 'cut' }, { kind: 'page' }, { kind: 'delay', ms: 1_500 }] as const)('is asked for again where nobody answered well: $kind', async (fault) => {
    office.faults.add({ at: 'token', ...fault })
    expect((await gateway({ timeoutMs: fault.kind === 'delay' ? 500 : 10_000 }).refresh('whatever')).kind).toBe('unreachable')
  })
})

describe('a number', () => {
  it('comes for a document, the same however often it is asked for, and nothing of a treatment is told', async () => {
    const { access } = await tokens()
    const answer = await gateway().approve(access, request)
    expect(answer).toEqual({ kind: 'approved', number: office.approvals.numberOf(request.invoiceId) })
    expect(await gateway().approve(access, request)).toEqual(answer)
    expect(office.approvals.asked.at(-1)).toMatchObject({
      invoice_id: request.invoiceId, invoice_type: 320, vat_number: 514777715, customer_vat_number: 777777715, invoice_reference_number: '12', invoice_date: '2026-11-22',
      payment_amount: 6_000, vat_amount: 1_080, payment_amount_including_vat: 7_080, items: [{ index: 1, description: 'שירותים', vat_rate: 18 }],
    })
    expect([...String(office.approvals.asked.at(-1)?.['customer_name'])]).toHaveLength(25)
  })

  it.each([431, 434, 435, 446, 460, 461, 462, 463, 400])('is refused by the code %i', async (code) => {
    const { access } = await tokens()
    office.approvals.refusals.set('777777723', code)
    expect(await gateway().approve(access, { ...request, invoiceId: `refused-${code}`, dealerNumber: '777777723' })).toEqual({ kind: 'refused', code, message: `Refused by the stand-in (${code})` })
    office.approvals.refusals.clear()
  })

  it('is not given without leave', async () => {
    const { access } = await tokens()
    office.consents.revoke()
    expect(await gateway().approve(access, request)).toEqual({ kind: 'unauthorised' })
  })

  it.each([{ kind: 'status', status: 500 }, { kind: 'status', status: 503 }, { kind: 'cut' }, { kind: 'page' }, { kind: 'delay', ms: 1_500 }] as const)('is not known where nobody answered well: $kind; asked again it is the one that was given', async (fault) => {
    const { access } = await tokens()
    const invoiceId = `again-${JSON.stringify(fault)}`
    office.faults.add({ at: 'approval', ...fault })
    expect((await gateway({ timeoutMs: fault.kind === 'delay' ? 500 : 10_000 }).approve(access, { ...request, invoiceId })).kind).toBe('unreachable')
    const given = office.approvals.numberOf(invoiceId)
    const answer = await gateway().approve(access, { ...request, invoiceId })
    expect(answer).toEqual({ kind: 'approved', number: office.approvals.numberOf(invoiceId) })
    if (fault.kind === 'cut') expect(given).toBe(office.approvals.numberOf(invoiceId)) // it was given, and nobody heard
  })

  it('is not known where nobody is there', async () => {
    expect((await gateway({ apiUrl: 'http://127.0.0.1:9' }).approve('token', request)).kind).toBe('unreachable')
  })
})
