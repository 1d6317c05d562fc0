import { afterEach, describe, expect, test } from 'vitest'
import twilio from 'twilio'
import { callsTo, Hands } from './calls.ts'
import { folder, listenAsClinic, openOffice, patient, sender, twilioAt } from './desk.fixture.ts'
import type { PostOffice } from './start.ts'
import { readTwiml } from './twiml.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})
const twiml = '<Response><Gather numDigits="1" action="http://127.0.0.1:9/digits"><Say language="he-IL">שלום &amp; ברכה</Say></Gather><Say>Goodbye</Say></Response>'
const events = ['initiated', 'ringing', 'answered', 'completed']
const draft = (url: string, over: object = {}) => ({ to: patient, from: sender, twiml, machineDetection: 'DetectMessageEnd', statusCallback: `${url}/status`, statusCallbackEvent: events, ...over })
const habit = (office: PostOffice, takes: string, digits = '') => fetch(`${office.httpUrl}/api/phones`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ number: patient, takes, digits }) })
const told = (clinic: Awaited<ReturnType<typeof listenAsClinic>>) => clinic.posted.map(({ form }) => [form['CallStatus'], form['AnsweredBy'] ?? form['SipResponseCode'] ?? ''].join(' ').trim())

describe("calls through Twilio's own SDK", () => {
  test.each([
    ['person', ['initiated', 'ringing', 'in-progress', 'completed human']],
    ['machine', ['initiated', 'ringing', 'in-progress', 'completed machine_end_beep']],
    ['unsure', ['initiated', 'ringing', 'in-progress', 'completed unknown']],
    ['busy', ['initiated', 'ringing', 'busy']],
    ['no-answer', ['initiated', 'ringing', 'no-answer']],
    ['failed', ['initiated', 'ringing', 'failed 404']],
  ])('that a %s takes tell how they went, signed', async (takes, statuses) => {
    const office = await openOffice(cleanUps)
    const clinic = await listenAsClinic(cleanUps)
    expect((await habit(office, takes)).status).toBe(201)
    const created = await twilioAt(office).calls.create(draft(clinic.url))
    expect(created).toMatchObject({ to: patient, from: sender, status: 'queued', answeredBy: null })
    await office.idle()
    expect(told(clinic)).toEqual(statuses)
    expect(clinic.posted.every(({ isSigned, form }) => isSigned && form['CallSid'] === created.sid)).toBe(true)
    const { status, answeredBy } = await twilioAt(office).calls(created.sid).fetch()
    expect([status, answeredBy ?? ''].join(' ').trim()).toBe(statuses.at(-1)?.replace(' 404', ''))
  })

  test('are taken from the page: somebody answers, hears what is said, and presses keys until there is nothing to press', async () => {
    const clinic = await listenAsClinic(cleanUps)
    const office = await openOffice(cleanUps, { ringMs: 20_000 })
    const { sid } = await twilioAt(office).calls.create(draft(clinic.url, { twiml: twiml.replace('http://127.0.0.1:9/digits', `${clinic.url}/digits`) }))
    const act = (deed: string) => fetch(`${office.httpUrl}/api/calls/${sid}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ deed }) }).then((answer) => answer.json())
    for (const deed of ['person', 'person', 'key 1']) expect(await act(deed), deed).toEqual({ heard: true }) // from the moment that it is on the page
    await office.idle()
    expect(office.ledger.calls.find(sid)).toMatchObject({ status: 'completed', answeredBy: 'human', said: ['שלום & ברכה'], digits: '1' })
    expect(clinic.posted.find(({ form }) => form['Digits'] !== undefined)).toMatchObject({ form: { Digits: '1', CallSid: sid, CallStatus: 'in-progress' }, isSigned: true })
    expect(await act('key 1')).toEqual({ heard: false })
  })

  test('that nobody takes end by themselves', async () => {
    const clinic = await listenAsClinic(cleanUps)
    const office = await openOffice(cleanUps, { ringMs: 20 })
    const { sid } = await twilioAt(office).calls.create(draft(clinic.url))
    await office.idle()
    expect(office.ledger.calls.find(sid)).toMatchObject({ status: 'no-answer', said: [] })
  })

  test('are listed by both numbers, the newest first, apart from messages', async () => {
    const office = await openOffice(cleanUps)
    await habit(office, 'busy')
    const client = twilioAt(office)
    const sids = []
    for (let made = 0; made < 3; made += 1) sids.unshift((await client.calls.create(draft('http://127.0.0.1:9'))).sid)
    expect((await client.calls.list({ to: patient, from: sender, pageSize: 2 })).map(({ sid }) => sid)).toEqual(sids)
    expect(await client.calls.list({ to: '+972500000000' })).toEqual([])
    expect(await client.messages.list({ to: patient })).toEqual([])
    await office.idle()
  })

  test.each([
    [{ to: '+15005550001' }, 21217], [{ to: '+15005550002' }, 21214], [{ to: '+15005550003' }, 21215], [{ from: '+15005550000' }, 21210], [{ from: '+15005550001' }, 21212], [{ twiml: 'no words' }, 12100],
  ])('with %j are refused with %d', async (over, code) => {
    const office = await openOffice(cleanUps)
    await expect(twilioAt(office).calls.create(draft('http://127.0.0.1:9', over))).rejects.toMatchObject({ code })
    expect(office.ledger.calls.all()).toEqual([])
  })

  test.each(['failAfterAccept', 'cutAfterAccept'] as const)('%s: it was accepted all the same, and rings', async (fault) => {
    const office = await openOffice(cleanUps)
    await habit(office, 'person')
    await office.faults.set({ sms: { [fault]: 1 } })
    await expect(twilioAt(office).calls.create(draft('http://127.0.0.1:9'))).rejects.toThrow()
    await office.idle()
    expect(callsTo(office.ledger, patient)).toMatchObject([{ status: 'completed' }])
  })

  test('without its words is refused, and with 429 nothing was accepted', async () => {
    const office = await openOffice(cleanUps)
    await office.faults.set({ sms: { tooMany: 1 } })
    await expect(twilioAt(office).calls.create(draft('http://127.0.0.1:9'))).rejects.toMatchObject({ status: 429 })
    expect(office.ledger.calls.all()).toEqual([])
  })

  test('that rang when the office was closed ring again when it is open', async () => {
    const dataDir = folder(cleanUps)
    const first = await openOffice(cleanUps, { dataDir, ringMs: 60_000 })
    const { sid } = await twilioAt(first).calls.create(draft('http://127.0.0.1:9'))
    await expect.poll(() => first.ledger.calls.find(sid)?.status).toBe('ringing')
    await first.stop()
    const second = await openOffice(cleanUps, { dataDir, ringMs: 10 })
    await second.idle()
    expect(second.ledger.calls.find(sid)).toMatchObject({ status: 'no-answer' })
  })
})

test('hands that ask of a closed office hear so at once', async () => {
  const hands = new Hands()
  hands.open('CA1')
  await expect(hands.next('CA1', 3_600_000, AbortSignal.abort(), () => true)).rejects.toThrow('closes')
})

test('reads what the SDK writes', () => {
  const script = new twilio.twiml.VoiceResponse()
  const gather = script.gather({ numDigits: 1, action: 'https://x.example/a?b=1&c=2' })
  gather.say({ language: 'he-IL' }, 'ד״ר <כהן> & "שות׳"')
  script.say('bye')
  expect(readTwiml(script.toString())).toEqual({ says: ['ד״ר <כהן> & "שות׳"'], action: 'https://x.example/a?b=1&c=2', otherwise: ['bye'] })
  expect(readTwiml('<html>')).toBeUndefined()
})
