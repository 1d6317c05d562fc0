import { instant } from '@yoman/domain/time'
import type { PostOffice } from '@yoman/runtime/post-office/start'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { accountSid, authToken, openPostOffice, patient, sender } from './post-office.fixture.ts'
import { type CallGateway, twilioCalls } from './twilio-calls.ts'

let office: PostOffice
let close: () => Promise<void>
beforeAll(async () => {
  ;({ office, close } = await openPostOffice())
  for (const number of [patient, '+972521111111']) office.ledger.add({ kind: 'phone', number, takes: 'machine', digits: '' })
})
afterEach(() => office.faults.clear())
afterAll(() => close())

const gateway = (over: { authToken?: string; timeoutMs?: number } = {}): CallGateway => twilioCalls({ accountSid, authToken, sender: { from: sender }, baseUrl: office.httpUrl, timeoutMs: 10_000, ...over })
const call = (over: object = {}) => ({ to: patient, from: sender, script: '<Response><Say>Hello</Say></Response>', statusCallback: 'http://127.0.0.1:9/status', ...over })

describe('calling', () => {
  it('hands over the words, who calls, where news goes, and asks for machines to be told from people', async () => {
    const outcome = await gateway().call(call())
    const made = office.ledger.calls.all().at(-1)
    expect(outcome).toEqual({ kind: 'accepted', providerId: made?.sid })
    expect(made).toMatchObject({ to: patient, from: sender, twiml: '<Response><Say>Hello</Say></Response>', detects: true, statusCallback: 'http://127.0.0.1:9/status', statusEvents: ['initiated', 'ringing', 'answered', 'completed'] })
  })

  it.each([
    [{ to: '+15005550001' }, '21217', 'address'], [{ to: '+15005550002' }, '21214', 'address'], [{ to: '+15005550003' }, '21215', 'settings'],
    [{ to: '+15005550004' }, '21216', 'content'], [{ from: '+15005550000' }, '21210', 'settings'], [{ from: '+15005550001' }, '21212', 'settings'],
  ])('with %j is rejected for good with %s, the matter of %s', async (over, code, fault) => {
    expect(await gateway().call(call(over))).toEqual({ kind: 'rejected', code, permanent: true, fault, optedOut: false })
  })

  it.each(['failAfterAccept', 'cutAfterAccept', 'hangAfterAccept', 'failBeforeAccept', 'cutBeforeAccept', 'hangBeforeAccept'] as const)('does not know after %s whether it rings', async (fault) => {
    await office.faults.set({ sms: { [fault]: 1 } })
    expect(await gateway(fault.startsWith('hang') ? { timeoutMs: 400 } : {}).call(call())).toMatchObject({ kind: 'unknown' })
  })

  it('waits when there is too much to do, or the token is wrong', async () => {
    await office.faults.set({ sms: { tooMany: 1 } })
    expect(await gateway().call(call())).toMatchObject({ kind: 'retry_later', code: '20429' })
    expect(await gateway({ authToken: 'another' }).call(call())).toMatchObject({ kind: 'retry_later', code: '20003' })
  })
})

describe('asking', () => {
  it('finds the calls to a number since a moment, and no others', async () => {
    const since = instant(new Date(Date.now() - 5_000).toISOString())
    const other = await gateway().call(call({ to: '+972521111111' }))
    expect((await gateway().findCalls({ to: '+972521111111', since })).map(({ providerId }) => providerId)).toEqual([other.kind === 'accepted' ? other.providerId : ''])
    expect(await gateway().findCalls({ to: '+972521111111', since: since.add({ hours: 1 }) })).toEqual([])
    expect(await gateway().findCalls({ to: '+972522222222', since })).toEqual([])
  })

  it('says where a call stands as a receipt would, and null of one that is not there', async () => {
    const made = await gateway().call(call())
    await office.idle()
    expect(await gateway().statusOfCall(made.kind === 'accepted' ? made.providerId : '')).toEqual({ status: 'machine', errorCode: 'machine' })
    expect(await gateway().statusOfCall(`CA${'0'.repeat(32)}`)).toBeNull()
  })

  it('fails loudly when nobody can be asked: silence would look like "never rang"', async () => {
    await office.faults.set({ sms: { failReads: 2 } })
    await expect(gateway().findCalls({ to: patient, since: instant('2026-01-01T00:00:00Z') })).rejects.toThrow()
    await expect(gateway().statusOfCall(`CA${'0'.repeat(32)}`)).rejects.toThrow()
  })
})
