import { v7 as uuid } from 'uuid'
import { testApi } from '@yoman/testing/api'
import { describe, expect, it } from 'vitest'

const api = await testApi()
const { hadar } = api.cast
const owner = await api.as(hadar.staff.owner)
const desk = await api.as(hadar.staff.receptionist)

describe('reminder rules', () => {
  const rule = { branchId: null, daysBefore: 1, atTime: '10:00', channel: 'sms' as const, active: true }

  it('are made once, changed by version, and switched off', async () => {
    const id = uuid()
    expect((await owner('POST /reminder-rules', { body: { id, ...rule } })).body).toEqual({ id, ...rule, version: 1 })
    expect((await owner('POST /reminder-rules', { body: { id, ...rule } })).status).toBe(201)
    expect((await owner('PUT /reminder-rules/:id', { params: { id }, body: { version: 1, ...rule, active: false } })).body).toMatchObject({ active: false, version: 2 })
    expect((await owner('PUT /reminder-rules/:id', { params: { id }, body: { version: 1, ...rule } })).problem).toMatchObject({ code: 'stale_version', params: { current: 2 } })
    expect((await desk('GET /reminder-rules')).body).toMatchObject({ items: [{ id, active: false }], hours: { quietFrom: '21:00', quietTo: '08:00' } })
  })

  it('may not speak at night, nor of a branch that is not there, nor be written by the desk', async () => {
    for (const atTime of ['21:00', '23:59', '07:59']) expect((await owner('POST /reminder-rules', { body: { id: uuid(), ...rule, atTime } })).problem.code, atTime).toBe('rule_time_in_quiet_hours')
    expect((await owner('POST /reminder-rules', { body: { id: uuid(), ...rule, branchId: uuid() } })).problem.code).toBe('reference_unknown')
    expect((await desk('POST /reminder-rules', { body: { id: uuid(), ...rule } })).status).toBe(403)
  })
})

describe('templates', () => {
  const key = { kind: 'reminder', channel: 'sms', language: 'he' } as const

  it('are ours until the clinic writes its own, by version', async () => {
    const all = (await desk('GET /message-templates')).body.items
    expect(all).toHaveLength(4 * 13) // four languages; an offer, a form and a series have no e-mail, an invoice has no SMS
    expect(all.every((one) => !one.own && one.version === 0 && one.body !== '')).toBe(true)
    const saved = await owner('PUT /message-templates/:kind/:channel/:language', { params: key, body: { version: 0, subject: '', body: 'שלום {patientFirstName}, מחכים לך ב{date} {time}' } })
    expect(saved.body).toMatchObject({ ...key, own: true, version: 1 })
    expect((await owner('PUT /message-templates/:kind/:channel/:language', { params: key, body: { version: 0, subject: '', body: 'x' } })).problem).toMatchObject({ code: 'stale_version', params: { current: 1 } })
  })

  it('know their placeholders, evaluate nothing, and may not be a letter', async () => {
    const body = (text: string) => ({ version: 1, subject: '', body: text })
    expect((await owner('PUT /message-templates/:kind/:channel/:language', { params: key, body: body('{visitType}') })).problem.code).toBe('template_placeholder_unknown')
    expect((await owner('PUT /message-templates/:kind/:channel/:language', { params: key, body: body('${7*7}') })).problem.code).toBe('template_placeholder_unknown')
    expect((await owner('PUT /message-templates/:kind/:channel/:language', { params: key, body: body('א'.repeat(400)) })).problem.code).toBe('template_too_long')
    const shown = await desk('POST /message-template-previews', { body: { ...key, subject: '', body: '<%= 7*7 %> {patientFirstName} {time}' } })
    expect(shown.body.body).toMatch(/^<%= 7\*7 %> נועה \d\d:\d\d$/)
    expect(shown.body.sms).toMatchObject({ encoding: 'UCS-2', parts: 1 })
    expect((await desk('POST /message-template-previews', { body: { kind: 'invoice', channel: 'sms', language: 'he', subject: '', body: 'x' } })).status).toBe(404)
  })
})
