import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { accountSid, authToken, folder, listenAsClinic, openOffice, patient, sender, twilioAt } from './desk.fixture.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const open = (more = {}) => openOffice(cleanUps, more)
const hebrew = 'שלום דנה, תזכורת לתור מחר ב־10:00.'

describe("through Twilio's own SDK", () => {
  test('takes a message, carries it to delivered and shows it by its sid', async () => {
    const office = await open()
    const client = twilioAt(office)
    const created = await client.messages.create({ to: patient, from: sender, body: hebrew })
    expect(created).toMatchObject({ status: 'queued', to: patient, from: sender, body: hebrew, numSegments: '1', accountSid, errorCode: null })
    await office.idle()
    const fetched = await client.messages(created.sid).fetch()
    expect(fetched.status).toBe('delivered')
    expect(fetched.dateSent).toBeInstanceOf(Date)
  })

  test('answers "accepted" for a Messaging Service and names its sender', async () => {
    const office = await open({ serviceSender: '+972559999999' })
    const created = await twilioAt(office).messages.create({ to: patient, messagingServiceSid: `MG${'a'.repeat(32)}`, body: 'hi' })
    expect(created).toMatchObject({ status: 'accepted', from: '+972559999999', messagingServiceSid: `MG${'a'.repeat(32)}` })
  })

  test('refuses another token and another account', async () => {
    const office = await open()
    await expect(twilioAt(office, 'wrong').messages.create({ to: patient, from: sender, body: 'hi' })).rejects.toMatchObject({ status: 401, code: 20003 })
    const answer = await fetch(`${office.httpUrl}/2010-04-01/Accounts/AC${'f'.repeat(32)}/Messages.json`, { headers: { Authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` } })
    expect(answer.status).toBe(404)
    expect(office.ledger.sent()).toEqual([])
  })

  test('says that an unknown message is not there', async () => {
    await expect(twilioAt(await open()).messages(`SM${'0'.repeat(32)}`).fetch()).rejects.toMatchObject({ status: 404, code: 20404 })
  })

  test.each([
    ['+15005550001', sender, 21211],
    ['+15005550002', sender, 21612],
    ['+15005550003', sender, 21408],
    ['+15005550004', sender, 21610],
    ['+15005550009', sender, 21614],
    [patient, '+15005550001', 21212],
    [patient, '+15005550007', 21606],
    [patient, '+15005550008', 21611],
    ['0501234567', sender, 21211],
    [patient, 'a name too long to be one', 21212],
  ])('refuses a message to %s from %s with %i', async (to, from, code) => {
    const office = await open()
    await expect(twilioAt(office).messages.create({ to, from, body: 'hi' })).rejects.toMatchObject({ status: 400, code })
    expect(office.ledger.sent()).toEqual([])
    expect(office.ledger.entries()).toMatchObject([{ kind: 'sms_refused', code }])
  })

  test('refuses a message without text, without a sender, and one that is too long', async () => {
    const { messages } = twilioAt(await open())
    await expect(messages.create({ to: patient, from: sender })).rejects.toMatchObject({ code: 21602 })
    await expect(messages.create({ to: patient, body: 'hi' })).rejects.toMatchObject({ code: 21603 })
    await expect(messages.create({ to: patient, from: sender, body: 'א'.repeat(1601) })).rejects.toMatchObject({ code: 21617 })
  })

  test('lists by number and time, newest first, over as many pages as it takes', async () => {
    const office = await open()
    const client = twilioAt(office)
    for (let number = 1; number <= 7; number++) await client.messages.create({ to: patient, from: sender, body: `message ${number}` })
    await client.messages.create({ to: '+972527654321', from: sender, body: 'to somebody else' })
    const found = await client.messages.list({ to: patient, pageSize: 3, dateSentAfter: new Date(Date.now() - 60_000) })
    expect(found.map(({ body }) => body)).toEqual([7, 6, 5, 4, 3, 2, 1].map((number) => `message ${number}`))
    expect(await client.messages.list({ to: patient, dateSentAfter: new Date(Date.now() + 60_000) })).toEqual([])
    expect(await client.messages.list({ to: patient, dateSentBefore: new Date(Date.now() - 60_000) })).toEqual([])
    expect(await client.messages.list({ from: '+972559999999' })).toEqual([])
    expect(await client.messages.list({ limit: 2 })).toHaveLength(2)
  })
})

describe('status callbacks', () => {
  const send = async (prepare: (office: Awaited<ReturnType<typeof open>>) => Promise<void> = async () => {}, to = patient) => {
    const office = await open()
    const clinic = await listenAsClinic(cleanUps)
    await prepare(office)
    const { sid } = await twilioAt(office).messages.create({ to, from: sender, body: 'hi', statusCallback: `${clinic.url}/hooks/twilio/status/0197?shard=1&name=%D7%A9` })
    await office.idle()
    return { office, clinic, sid }
  }

  test("are signed so that Twilio's own check passes, over the exact address", async () => {
    const { clinic, sid } = await send()
    expect(clinic.statuses()).toEqual(['sent', 'delivered'])
    expect(clinic.posted.map(({ isSigned }) => isSigned)).toEqual([true, true])
    expect(clinic.posted[0]?.form).toMatchObject({ MessageSid: sid, SmsSid: sid, AccountSid: accountSid, To: patient, From: sender })
  })

  test('carry the error code of a message that does not arrive', async () => {
    const { clinic, office, sid } = await send(undefined, '+15005550103')
    expect(clinic.posted.at(-1)?.form).toMatchObject({ MessageStatus: 'undelivered', ErrorCode: '30003' })
    expect(office.ledger.sms(sid)).toMatchObject({ status: 'undelivered', errorCode: 30003 })
  })

  test('come twice when told to', async () => {
    const { clinic } = await send((office) => office.faults.set({ callbacks: { copies: 2 } }))
    expect(clinic.statuses()).toEqual(['sent', 'sent', 'delivered', 'delivered'])
  })

  test('come shuffled when told to', async () => {
    const { clinic } = await send((office) => office.faults.set({ callbacks: { shuffled: true } }))
    expect(clinic.statuses()).toEqual(['delivered', 'sent'])
  })

  test('get lost when told to, and the ledger says so', async () => {
    const { clinic, office } = await send((office) => office.faults.set({ callbacks: { lost: true } }))
    expect(clinic.posted).toEqual([])
    expect(office.ledger.entries().filter((entry) => entry.kind === 'callback')).toHaveLength(2)
    expect(office.ledger.sent()[0]?.status).toBe('delivered')
  })

  test('come late when told to', async () => {
    const { clinic, office } = await send((office) => office.faults.set({ callbacks: { delayMs: 60 } }))
    const [first, second] = office.ledger.entries().filter((entry) => entry.kind === 'callback')
    expect(clinic.posted).toHaveLength(2)
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(55)
  })

  test('to an address where nobody answers are written down and forgotten', async () => {
    const office = await open()
    await twilioAt(office).messages.create({ to: patient, from: sender, body: 'hi', statusCallback: 'http://127.0.0.1:9/nobody' })
    await office.idle()
    expect(office.ledger.entries().filter((entry) => entry.kind === 'callback')).toMatchObject([{ outcome: expect.any(String) }, { outcome: expect.any(String) }])
  })
})

describe('misbehaves when told to:', () => {
  const message = { to: patient, from: sender, body: 'hi' }

  test.each([
    ['tooMany', { status: 429, code: 20429 }, 0],
    ['failBeforeAccept', { status: 500 }, 0],
    ['failAfterAccept', { status: 500 }, 1],
    ['cutBeforeAccept', { code: 'ECONNRESET' }, 0],
    ['cutAfterAccept', { code: 'ECONNRESET' }, 1],
    ['hangBeforeAccept', { code: 'ECONNABORTED' }, 0],
    ['hangAfterAccept', { code: 'ECONNABORTED' }, 1],
  ])('%s, twice, then is well again', async (fault, failure, keptEachTime) => {
    const office = await open()
    const { messages } = twilioAt(office)
    await office.faults.set({ sms: { [fault]: 2 } })
    await expect(messages.create(message)).rejects.toMatchObject(failure)
    await expect(messages.create(message)).rejects.toMatchObject(failure)
    expect(office.ledger.sent()).toHaveLength(keptEachTime * 2)
    expect((await messages.create(message)).status).toBe('queued')
  })

  test('answers late', async () => {
    const office = await open()
    await office.faults.set({ sms: { delayMs: 200 } })
    const before = performance.now()
    await twilioAt(office).messages.create(message)
    expect(performance.now() - before).toBeGreaterThanOrEqual(195)
  })

  test('fails reads, and cuts everything while it is down', async () => {
    const office = await open()
    const { messages } = twilioAt(office)
    await office.faults.set({ sms: { failReads: 1 } })
    await expect(messages.list()).rejects.toMatchObject({ status: 500 })
    expect(await messages.list()).toEqual([])
    await office.faults.set({ sms: { down: true } })
    await expect(messages.create(message)).rejects.toMatchObject({ code: 'ECONNRESET' })
    await office.faults.clear()
    expect((await messages.create(message)).status).toBe('queued')
  })

  test('is told over HTTP too, and told what it does not know', async () => {
    const office = await open()
    const tell = (body: unknown) => fetch(`${office.httpUrl}/api/faults`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
    expect((await tell({ sms: { tooMany: 1 }, mail: { down: true } })).status).toBe(200)
    expect(office.faults.settings).toMatchObject({ sms: { tooMany: 1 }, mail: { down: true } })
    for (const wrong of [{ sms: { typo: 1 } }, { fax: {} }, { sms: { tooMany: -1 } }, { sms: { down: 1 } }, []]) expect((await tell(wrong)).status).toBe(400)
    await fetch(`${office.httpUrl}/api/faults`, { method: 'DELETE' })
    expect(office.faults.settings).toMatchObject({ sms: { tooMany: 0 }, mail: { down: false } })
  })
})

describe("a patient's reply", () => {
  test('is posted signed to the clinic and stands in the list', async () => {
    const clinic = await listenAsClinic(cleanUps)
    const office = await open({ inboundUrl: `${clinic.url}/hooks/twilio/inbound` })
    const { sid } = await office.reply({ from: patient, to: sender, body: 'מגיעה, תודה' })
    expect(clinic.posted).toMatchObject([{ isSigned: true, form: { MessageSid: sid, From: patient, To: sender, Body: 'מגיעה, תודה', SmsStatus: 'received' } }])
    expect(await twilioAt(office).messages.list({ from: patient })).toMatchObject([{ sid, direction: 'inbound', status: 'received' }])
  })

  test('of STOP ends messages to that patient, also after a restart, until START', async () => {
    const clinic = await listenAsClinic(cleanUps)
    const settings = { inboundUrl: clinic.url, dataDir: folder(cleanUps) }
    const first = await open(settings)
    await first.reply({ from: patient, to: sender, body: ' Stop ' })
    await first.stop()
    const office = await open(settings)
    const { messages } = twilioAt(office)
    await expect(messages.create({ to: patient, from: sender, body: 'hi' })).rejects.toMatchObject({ code: 21610 })
    await messages.create({ to: '+972527654321', from: sender, body: 'somebody else still gets theirs' })
    await office.reply({ from: patient, to: sender, body: 'START' })
    expect((await messages.create({ to: patient, from: sender, body: 'hi' })).status).toBe('queued')
  })

  test('over HTTP needs a number, a text and JSON', async () => {
    const clinic = await listenAsClinic(cleanUps)
    const office = await open({ inboundUrl: clinic.url })
    const post = (body: string, type = 'application/json') => fetch(`${office.httpUrl}/dev/post/api/replies`, { method: 'POST', headers: { 'Content-Type': type }, body })
    expect((await post(JSON.stringify({ from: patient, to: sender, body: '1' }))).status).toBe(201)
    for (const wrong of ['{}', 'null', '[', JSON.stringify({ from: 'me', to: sender, body: '1' }), JSON.stringify({ from: patient, to: sender, body: ' ' })]) expect((await post(wrong)).status).toBe(400)
    expect((await post('{}', 'text/plain')).status).toBe(415)
    expect(clinic.posted).toHaveLength(1)
  })
})

describe('the ledger', () => {
  test('survives a restart, half a line at its end, and carries on what was on its way', async () => {
    const dataDir = folder(cleanUps)
    const first = await open({ dataDir, paceMs: 60_000 })
    const { sid } = await twilioAt(first).messages.create({ to: patient, from: sender, body: hebrew })
    await first.stop()
    appendFileSync(join(dataDir, 'ledger.jsonl'), '{"at":1,"kind":"sms_acc')
    const second = await open({ dataDir })
    await second.idle()
    expect(second.ledger.sent()).toMatchObject([{ sid, body: hebrew, status: 'delivered' }])
    await second.stop()
    const third = await open({ dataDir })
    expect(third.ledger.entries().map(({ kind }) => kind)).toEqual(['sms_accepted', 'sms_status', 'sms_status'])
  })
})
