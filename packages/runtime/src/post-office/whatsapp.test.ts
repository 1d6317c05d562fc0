import { afterEach, describe, expect, test } from 'vitest'
import { listenAsClinic, openOffice, twilioAt } from './desk.fixture.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})
const [from, to, contentSid] = ['whatsapp:+972559570177', 'whatsapp:+972501234567', `HX${'d'.repeat(32)}`]

describe("WhatsApp through Twilio's own SDK", () => {
  test('fills in a template whose words it was told, and says how it went, signed', async () => {
    const office = await openOffice(cleanUps)
    const clinic = await listenAsClinic(cleanUps)
    const told = await fetch(`${office.httpUrl}/api/contents`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ sid: contentSid, body: 'Hello {{1}}, at {{2}} here' }) })
    expect(told.status).toBe(201)
    const created = await twilioAt(office).messages.create({ to, from, contentSid, contentVariables: '{"1":"Noa","2":"09:30"}', statusCallback: `${clinic.url}/status` })
    expect(created).toMatchObject({ to, from, body: 'Hello Noa, at 09:30 here', numSegments: '1' })
    await office.idle()
    expect(clinic.statuses()).toEqual(['sent', 'delivered'])
    expect(clinic.posted.every(({ isSigned, form }) => isSigned && form['To'] === to)).toBe(true)
    expect(await twilioAt(office).messages.list({ to })).toHaveLength(1)
    expect(await twilioAt(office).messages.list({ to: '+972501234567' })).toEqual([])
  })

  test('shows what would be filled in where nobody told it the words', async () => {
    const office = await openOffice(cleanUps)
    expect((await twilioAt(office).messages.create({ to, from, contentSid, contentVariables: '{"1":"Noa"}' })).body).toBe('{{1}} Noa')
  })

  test('takes no free words: no conversation is open here', async () => {
    const office = await openOffice(cleanUps)
    await expect(twilioAt(office).messages.create({ to, from, body: 'Hello' })).rejects.toMatchObject({ code: 63016 })
  })

  test.each([['whatsapp:+15005550124', 63024], ['whatsapp:+15005550132', 63032]])('takes what is for %s and says then that it did not arrive', async (number, code) => {
    const office = await openOffice(cleanUps)
    const { sid } = await twilioAt(office).messages.create({ to: number, from, contentSid, contentVariables: '{"1":"Noa"}' })
    await office.idle()
    expect(office.ledger.sms(sid)).toMatchObject({ status: 'undelivered', errorCode: code })
  })

  test('an answer by WhatsApp reaches the clinic as one', async () => {
    const clinic = await listenAsClinic(cleanUps)
    const office = await openOffice(cleanUps, { inboundUrl: `${clinic.url}/in` })
    await office.reply({ from: to, to: from, body: '1' })
    expect(clinic.posted).toMatchObject([{ form: { From: to, To: from, Body: '1' }, isSigned: true }])
  })
})
