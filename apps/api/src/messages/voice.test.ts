import { testApi } from '@yoman/testing/api'
import { expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const stranger = await api.as(thames.staff.owner)

it('calls are off until the owner names a number, on top of what stands; another clinic has none of it', async () => {
  expect((await desk('GET /voice-settings')).body).toEqual({ caller: null, callPrice: null, version: 0 })
  const body = { version: 0, caller: '+972559570155', callPrice: 250 }
  expect((await owner('PUT /voice-settings', { body })).body).toEqual({ ...body, version: 1 })
  expect((await owner('PUT /voice-settings', { body })).problem).toMatchObject({ code: 'stale_version', params: { current: 1 } })
  expect((await owner('PUT /voice-settings', { body: { version: 1, caller: null, callPrice: null } })).body).toEqual({ caller: null, callPrice: null, version: 2 })
  expect((await desk('PUT /voice-settings', { body: { ...body, version: 2 } })).status).toBe(403)
  expect((await stranger('GET /voice-settings')).body).toEqual({ caller: null, callPrice: null, version: 0 })
})

it.each([['12'], ['0501234567'], ['whatsapp:+972559570155']])('%s is no number to call from', async (caller) => {
  const { version } = (await owner('GET /voice-settings')).body
  expect((await owner('PUT /voice-settings', { body: { version, caller, callPrice: null } })).status).toBe(400)
})

it('a rule by call keeps to the hours of calls; one by SMS does not have to', async () => {
  const rule = { branchId: null, daysBefore: 1, atTime: '20:30', fallbackChannels: [], active: true }
  const id = (n: number) => `019a0000-0000-7000-8000-00000000000${n}`
  for (const atTime of ['19:30', '19:59', '20:30', '08:59']) expect((await owner('POST /reminder-rules', { body: { id: id(1), ...rule, atTime, channel: 'voice' } })).problem, atTime).toMatchObject({ code: 'rule_time_in_quiet_hours', params: { from: '19:30', to: '09:00' } })
  expect((await owner('POST /reminder-rules', { body: { id: id(2), ...rule, channel: 'sms', fallbackChannels: ['voice'] } })).body).toMatchObject({ fallbackChannels: ['voice'] })
  expect((await owner('POST /reminder-rules', { body: { id: id(4), ...rule, atTime: '19:29', channel: 'voice' } })).body).toMatchObject({ channel: 'voice' })
  expect((await owner('POST /reminder-rules', { body: { id: id(3), ...rule, atTime: '09:00', channel: 'voice', fallbackChannels: ['sms', 'email'] } })).body).toMatchObject({ channel: 'voice' })
})
