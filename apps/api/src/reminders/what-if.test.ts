import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { replanReminders } from '@yoman/use-cases/reminders/replan'
import { castContext } from '@yoman/testing/cast'
import { expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const [desk, owner] = [await api.as(hadar.staff.receptionist), await api.as(hadar.staff.owner)]
const { center } = hadar.branches
const start = instant('2027-03-21T06:00:00Z') // a Sunday; the clocks go forward on Friday, Passover begins on 22 April
api.setNow(start)

const book = async (startsAt: string, patientId: string): Promise<string> =>
  (await desk('POST /appointments', { body: { id: uuid(), branchId: center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk, patientId, startsAt } })).body.id
const rule = { branchId: null, daysBefore: 1, atTime: '10:00', channel: 'sms' as const, fallbackChannels: [], visitTypeIds: [], active: true }
type Typed = Omit<typeof rule, 'channel' | 'fallbackChannels' | 'visitTypeIds'> & { id: string; channel: 'sms' | 'email' | 'whatsapp' | 'voice'; fallbackChannels: ('sms' | 'email')[]; visitTypeIds: string[] }
const whatIf = async (body: Typed) => (await owner('POST /reminder-forecasts', { body: { branchId: center, rule: body } })).body
const forecast = async () => (await owner('GET /reminder-forecasts', { query: { branchId: center } })).body
const leaving = (days: readonly { leaves: number }[]): number => days.reduce((sum, { leaves }) => sum + leaves, 0)

const general = uuid()
await owner('POST /reminder-rules', { body: { id: general, ...rule } })
await book('2027-03-24T08:00:00Z', hadar.patients.sara)
await book('2027-03-28T08:00:00Z', hadar.patients.ahmad) // a Sunday: its reminder leaves on Friday, the day of the clock change
await book('2027-03-30T08:00:00Z', hadar.patients.rivka)
await desk('POST /patients/:id/consents', { params: { id: hadar.patients.rivka }, body: { id: uuid(), channel: 'sms', purpose: 'service', state: 'refused', source: 'desk' } })

test('what a new rule would send, beside what leaves now; nothing is written', async () => {
  const id = uuid()
  const { now, then, days, silentPatients } = await whatIf({ id, ...rule, daysBefore: 4 })
  expect(now).toEqual({ leaves: 2, moved: 1, silentPatients: 1, cost: null, whatsapp: 0, calls: 0, callCost: null })
  expect(then.leaves).toBe(3) // Sara's would be over before the rule comes
  expect(silentPatients.map((one) => one.id)).toEqual([hadar.patients.rivka])
  expect(days.find(({ date }) => date === '2027-03-26')).toMatchObject({ clockChange: 'forward', closed: 'eve', leavesNow: 1 })
  expect(leaving((await forecast()).days)).toBe(2)
  expect((await owner('GET /reminder-rules')).body.items).toHaveLength(1)
})

test('is what the forecast says once the rule is saved: a new one, a changed one, one of a visit type, one switched off', async () => {
  const added = uuid()
  const cases: Typed[] = [
    { id: added, ...rule, daysBefore: 2, channel: 'email' as const, fallbackChannels: ['sms' as const] },
    { id: general, ...rule, atTime: '12:00', fallbackChannels: ['email' as const] },
    { id: added, ...rule, daysBefore: 4, visitTypeIds: [hadar.visitTypes.talk] },
    { id: added, ...rule, daysBefore: 4, visitTypeIds: [hadar.visitTypes.talk], active: false },
  ]
  for (const one of cases) {
    const { id, ...body } = one
    const { then, days, silentPatients } = await whatIf(one)
    const known = (await owner('GET /reminder-rules')).body.items.find((row) => row.id === id)
    const saved = known ? await owner('PUT /reminder-rules/:id', { params: { id }, body: { version: known.version, ...body } }) : await owner('POST /reminder-rules', { body: { id, ...body } })
    expect(saved.body).toMatchObject(body)
    await replanReminders(castContext(api.cast, hadar, 'owner', api.database.apiPool, start)) // as the worker does when the event comes
    const real = await forecast()
    expect(real.days.map(({ date, leaves, moved, silent }) => ({ date, leaves, moved, silent })), JSON.stringify(one)).toEqual(days.map(({ date, leaves, moved, silent }) => ({ date, leaves, moved, silent })))
    expect(real.silentPatients).toEqual(silentPatients)
    expect(then.leaves).toBe(leaving(real.days))
  }
})

test('costs what its parts cost, once the clinic has said what one costs', async () => {
  expect((await owner('GET /reminder-settings')).body).toEqual({ graceMinutes: 3, smsPartPrice: null, version: 0 })
  expect((await owner('PUT /reminder-settings', { body: { graceMinutes: 5, smsPartPrice: 40, version: 0 } })).body).toEqual({ graceMinutes: 5, smsPartPrice: 40, version: 1 })
  expect((await owner('PUT /reminder-settings', { body: { graceMinutes: 4, smsPartPrice: 40, version: 0 } })).problem).toMatchObject({ code: 'stale_version', params: { current: 1 } })
  expect((await desk('PUT /reminder-settings', { body: { graceMinutes: 4, smsPartPrice: 40, version: 1 } })).status).toBe(403)
  const { now } = await whatIf({ id: general, ...rule })
  expect(now.cost).toBe(2 * 2 * 4) // two messages of two parts at four agorot
})

test('what goes by WhatsApp is counted beside the cost, and not in it', async () => {
  const none = { he: null, ar: null, ru: null, en: null }
  const he = { contentSid: `HX${'a'.repeat(32)}`, body: 'שלום {patientFirstName}, תזכורת לתור ב{date} בשעה {time} אצלנו' }
  await owner('PUT /whatsapp-settings', { body: { version: 0, sender: '+972559570177', templates: { ...none, he } } })
  const { now, then } = await whatIf({ id: general, ...rule, channel: 'whatsapp', fallbackChannels: ['sms'] })
  expect([now.cost, now.whatsapp]).toEqual([2 * 2 * 4, 0])
  expect([then.leaves, then.cost, then.whatsapp]).toEqual([now.leaves, 2 * 4, 2]) // Sara, and Rivka who refuses SMS; for Ahmad's language nothing was approved
  await owner('PUT /whatsapp-settings', { body: { version: 1, sender: null, templates: { ...none, he } } })
})

test('calls are counted with what they cost, as soon as the clinic makes any', async () => {
  const call = { id: general, ...rule, channel: 'voice', fallbackChannels: ['sms'] } as const
  const off = await whatIf({ ...call, fallbackChannels: [...call.fallbackChannels] })
  expect([off.then.calls, off.then.callCost]).toEqual([0, null])
  expect(off.then.leaves).toBeGreaterThan(0) // by SMS
  await owner('PUT /voice-settings', { body: { version: 0, caller: '+972559570155', callPrice: 250 } })
  const { now, then } = await whatIf({ ...call, fallbackChannels: [...call.fallbackChannels] })
  expect([now.calls, now.callCost]).toEqual([0, 0])
  expect(then.calls).toBeGreaterThanOrEqual(now.leaves)
  expect(then.callCost).toBe(then.calls * 25)
  expect(then.cost).toBe(0)
  await owner('PUT /voice-settings', { body: { version: 1, caller: null, callPrice: null } })
})

test('a patient who wants none, only e-mail, or one more is planned so, and is nobody who hears nothing by our fault', async () => {
  const params = { id: hadar.patients.sara }
  expect((await desk('GET /patients/:id/reminder-wish', { params })).body).toEqual({ reminders: 'usual', extra: null, writtenBy: null, writtenAt: null, version: 0 })
  const wished = await desk('PUT /patients/:id/reminder-wish', { params, body: { version: 0, reminders: 'usual', extra: { daysBefore: 2, atTime: '09:00' } } })
  expect(wished.body).toMatchObject({ reminders: 'usual', extra: { daysBefore: 2, atTime: '09:00' }, version: 1 })
  expect(wished.body.writtenBy).not.toBeNull()
  const visit = await book('2027-04-01T08:00:00Z', hadar.patients.sara)
  const of = async () => (await desk('GET /reminders', { query: { from: '2027-03-21T00:00:00Z', to: '2027-04-04T00:00:00Z', limit: 200 } })).body.items.filter(({ appointmentId }) => appointmentId === visit).map(({ dueAt, channel, skipReason }) => [dueAt, channel, skipReason])
  expect(await of()).toEqual([['2027-03-30T06:00:00Z', 'sms', null], ['2027-03-31T09:00:00Z', 'sms', null]])

  expect((await desk('PUT /patients/:id/reminder-wish', { params, body: { version: 0, reminders: 'none', extra: null } })).problem).toMatchObject({ code: 'stale_version', params: { current: 1 } })
  expect((await desk('PUT /patients/:id/reminder-wish', { params, body: { version: 1, reminders: 'none', extra: { daysBefore: 2, atTime: '09:00' } } })).problem.code).toBe('reminder_wish_contradicts')
  expect((await desk('PUT /patients/:id/reminder-wish', { params, body: { version: 1, reminders: 'none', extra: null } })).status).toBe(200)
  await replanReminders(castContext(api.cast, hadar, 'owner', api.database.apiPool, start))
  expect(await of()).toEqual([['2027-03-30T06:00:00Z', 'sms', 'rule_off'], ['2027-03-31T09:00:00Z', 'sms', 'patient_wish']])
  expect((await forecast()).silentPatients.map(({ id }) => id)).not.toContain(hadar.patients.sara)
  const { items } = (await desk('GET /day-accounts/:date', { params: { date: '2027-04-01' }, query: { branchId: center } })).body
  expect(items.find(({ appointmentId }) => appointmentId === visit)).toMatchObject({ state: 'excused', excuse: 'patient_wish' })
})

test('of another clinic nothing is seen and nothing is written', async () => {
  const stranger = await api.as(thames.staff.owner)
  expect((await stranger('POST /reminder-forecasts', { body: { branchId: center, rule: { id: uuid(), ...rule } } })).status).toBe(404)
  expect((await stranger('GET /patients/:id/reminder-wish', { params: { id: hadar.patients.sara } })).status).toBe(404)
  expect((await stranger('PUT /patients/:id/reminder-wish', { params: { id: hadar.patients.sara }, body: { version: 0, reminders: 'none', extra: null } })).status).toBe(404)
  expect((await owner('POST /reminder-rules', { body: { id: uuid(), ...rule, visitTypeIds: [thames.visitTypes.talk] } })).problem.code).toBe('reference_unknown')
})
