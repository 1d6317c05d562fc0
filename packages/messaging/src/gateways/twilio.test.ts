import { createServer, type RequestListener, type Server } from 'node:http'
import { instant } from '@yoman/domain/time'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PostOffice } from '@yoman/runtime/post-office/start'
import { accountSid, authToken, openPostOffice, patient, sender } from './post-office.fixture.ts'
import { smsCode } from '@yoman/domain/messages/sms-codes'
import { twilioGateway, type SmsGateway, type TwilioSettings } from './twilio.ts'

let office: PostOffice
let close: () => Promise<void>
const servers: Server[] = []
beforeAll(async () => ({ office, close } = await openPostOffice()))
afterEach(async () => {
  await office.faults.clear()
  for (const server of servers.splice(0)) server.close()
})
afterAll(() => close())

const gateway = (over: Partial<TwilioSettings> = {}): SmsGateway => twilioGateway({ accountSid, authToken, sender: { from: sender }, baseUrl: office.httpUrl, timeoutMs: 10_000, ...over })
const sms = (body: string, to = patient) => ({ to, body, statusCallback: 'https://clinic.example/api/hooks/twilio/status/0197' })
const bodies = (): string[] => office.ledger.sent().map((each) => each.body)

/** A server that is not the post office: for answers which that never gives. */
async function serverThat(answers: RequestListener): Promise<string> {
  const server = createServer(answers)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`
}

describe('sending an SMS', () => {
  it('hands over the text, the sender and where receipts go', async () => {
    const outcome = await gateway().send(sms('שלום דנה, 1/2'))
    const [sent] = office.ledger.sent()
    expect(outcome).toEqual({ kind: 'accepted', providerId: sent?.sid })
    expect(sent).toMatchObject({ to: patient, from: sender, body: 'שלום דנה, 1/2', statusCallback: 'https://clinic.example/api/hooks/twilio/status/0197' })
  })

  it('lets a Messaging Service choose the sender', async () => {
    const messagingServiceSid = `MG${'a'.repeat(32)}`
    expect(await gateway({ sender: { messagingServiceSid } }).send(sms('by service'))).toMatchObject({ kind: 'accepted' })
    expect(office.ledger.sent().at(-1)).toMatchObject({ messagingServiceSid, body: 'by service' })
  })

  it.each([
    ['+15005550001', '21211', 'address', false],
    ['+15005550002', '21612', 'settings', false],
    ['+15005550003', '21408', 'settings', false],
    ['+15005550004', '21610', 'opted_out', true],
    ['+15005550009', '21614', 'address', false],
  ])('to %s is rejected for good with %s', async (to, code, fault, optedOut) => {
    expect(await gateway().send(sms('never', to))).toEqual({ kind: 'rejected', code, permanent: true, fault, optedOut })
  })

  it('waits when Twilio has too much to do, as long as it says', async () => {
    await office.faults.set({ sms: { tooMany: 1 } })
    expect(await gateway().send(sms('too many'))).toMatchObject({ kind: 'retry_later', code: '20429' })
    expect(bodies()).not.toContain('too many')
    const baseUrl = await serverThat((_, response) => response.writeHead(429, { 'Retry-After': '37' }).end('{}'))
    expect(await gateway({ baseUrl }).send(sms('later'))).toEqual({ kind: 'retry_later', afterSeconds: 37, code: '20429' })
    expect(await gateway({ sender: { from: '+15005550008' } }).send(sms('queue full'))).toMatchObject({ kind: 'retry_later', code: '21611' })
  })

  it('waits when nobody listens, since nothing was sent', async () => {
    const baseUrl = await serverThat(() => {})
    await new Promise((resolve) => servers.pop()?.close(resolve))
    expect(await gateway({ baseUrl }).send(sms('nobody'))).toEqual({ kind: 'retry_later', afterSeconds: 60, code: 'ECONNREFUSED' })
  })

  it('keeps messages when our token is refused: they are not at fault', async () => {
    expect(await gateway({ authToken: 'old' }).send(sms('token'))).toEqual({ kind: 'retry_later', afterSeconds: 900, code: '20003' })
  })

  it.each([
    ['failBeforeAccept', false, 'HTTP 500'],
    ['failAfterAccept', true, 'HTTP 500'],
    ['cutBeforeAccept', false, 'ECONNRESET'],
    ['cutAfterAccept', true, 'ECONNRESET'],
    ['hangBeforeAccept', false, 'ECONNABORTED'],
    ['hangAfterAccept', true, 'ECONNABORTED'],
  ])('says that it does not know after %s', async (fault, accepted, reason) => {
    await office.faults.set({ sms: { [fault]: 1 } })
    expect(await gateway(fault.startsWith('hang') ? { timeoutMs: 400 } : {}).send(sms(`after ${fault}`))).toEqual({ kind: 'unknown', reason })
    expect(bodies().includes(`after ${fault}`)).toBe(accepted)
  })

  it('does not take a page of something in between for an answer of Twilio', async () => {
    const baseUrl = await serverThat((_, response) => response.writeHead(502).end('<html>Bad gateway</html>'))
    expect(await gateway({ baseUrl }).send(sms('proxy'))).toEqual({ kind: 'unknown', reason: 'HTTP 502' })
  })
})

describe('looking for what was accepted', () => {
  it('finds the message of an unknown outcome, and no older or other one', async () => {
    const before = instant(new Date(Date.now() - 5_000).toISOString())
    await office.faults.set({ sms: { hangAfterAccept: 1 } })
    await gateway({ timeoutMs: 400 }).send(sms('the lost one', '+972521111111'))
    await gateway().send(sms('another', '+972521111111'))
    const found = await gateway().findSent({ to: '+972521111111', since: before, contains: 'the lost one' })
    expect(found).toMatchObject([{ body: 'the lost one', providerId: expect.stringMatching(/^SM[0-9a-f]{32}$/) }])
    expect(await gateway().findSent({ to: '+972521111111', since: before })).toHaveLength(2)
    expect(await gateway().findSent({ to: '+972521111111', since: before.add({ hours: 1 }) })).toEqual([])
    expect(await gateway().findSent({ to: '+972522222222', since: before })).toEqual([])
  })

  it('fails loudly when Twilio cannot be asked: silence would look like "not sent"', async () => {
    await office.faults.set({ sms: { failReads: 1 } })
    await expect(gateway().findSent({ to: patient, since: instant('2026-01-01T00:00:00Z') })).rejects.toThrow()
  })
})

it('treats a code it does not know as final', () => {
  expect(smsCode(29999)).toEqual({ fault: 'content', retry: 'never', againAfterMinutes: [] })
  expect(smsCode('30003')).toMatchObject({ retry: 'later' })
})

describe('sending by WhatsApp', () => {
  const template = (over: object = {}) => ({ to: patient, from: '+972559570177', contentSid: `HX${'c'.repeat(32)}`, variables: { 1: 'נועה', 2: '09:30' }, statusCallback: 'https://clinic.example/hooks/twilio/status/0198', ...over })

  it('hands over the template and what fills it, and finds it again on the list of WhatsApp alone', async () => {
    const before = instant(new Date(Date.now() - 1_000).toISOString())
    office.ledger.add({ kind: 'content', sid: template().contentSid, body: 'שלום {{1}}, בשעה {{2}} אצלנו' })
    const outcome = await gateway().sendWhatsapp(template())
    const sent = office.ledger.sent().at(-1)
    expect(outcome).toEqual({ kind: 'accepted', providerId: sent?.sid })
    expect(sent).toMatchObject({ to: `whatsapp:${patient}`, from: 'whatsapp:+972559570177', body: 'שלום נועה, בשעה 09:30 אצלנו', segments: 1 })
    expect((await gateway().findSent({ to: patient, since: before, whatsapp: true })).map(({ body }) => body)).toEqual(['שלום נועה, בשעה 09:30 אצלנו'])
    expect((await gateway().findSent({ to: patient, since: before })).map(({ body }) => body)).not.toContain('שלום נועה, בשעה 09:30 אצלנו')
  })

  it.each([
    ['a sender that is none', { from: '+15005550007' }, '63007', 'settings'],
    ['a template that is none', { contentSid: 'HX1' }, '21655', 'settings'],
    ['an empty variable', { variables: { 1: '' } }, '21656', 'settings'],
    ['a variable of two lines', { variables: { 1: 'a\nb' } }, '21656', 'settings'],
  ])('is told of %s', async (_, over, code, fault) => {
    expect(await gateway().sendWhatsapp(template(over))).toMatchObject({ kind: 'rejected', code, fault })
  })

  it.each([['63003', 'address'], ['63024', 'address'], ['63014', 'opted_out'], ['63016', 'settings'], ['63018', 'network'], ['63032', 'content']])('%s is the matter of %s', (code, fault) => {
    expect(smsCode(code).fault).toBe(fault)
  })
})
