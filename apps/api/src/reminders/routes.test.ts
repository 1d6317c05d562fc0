import { v7 as uuid } from 'uuid'
import { testApi } from '@yoman/testing/api'
import { castNow } from '@yoman/testing/cast'
import { describe, expect, it } from 'vitest'

const api = await testApi()
const { hadar } = api.cast
const owner = await api.as(hadar.staff.owner)
const desk = await api.as(hadar.staff.receptionist)

describe('reminder rules', () => {
  const rule = { branchId: null, daysBefore: 1, atTime: '10:00', channel: 'sms' as const, fallbackChannels: [], visitTypeIds: [], active: true }

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
    expect(all).toHaveLength(4 * 16) // four languages; a debt by both ways; an offer, a form and a series have no e-mail, an invoice and a statement have no SMS
    expect(all.every((one) => !one.own && one.version === 0 && one.body !== '')).toBe(true)
    const saved = await owner('PUT /message-templates/:kind/:channel/:language', { params: key, body: { version: 0, subject: '', body: 'שלום {patientFirstName}, מחכים לך ב{date} {time}' } })
    expect(saved.body).toMatchObject({ ...key, own: true, version: 1 })
    expect((await owner('PUT /message-templates/:kind/:channel/:language', { params: key, body: { version: 0, subject: '', body: 'x' } })).problem).toMatchObject({ code: 'stale_version', params: { current: 1 } })
  })

  it('say nothing clinical and promote nothing', async () => {
    const put = async (text: string) => (await owner('PUT /message-templates/:kind/:channel/:language', { params: key, body: { version: 1, subject: '', body: text } })).problem
    expect(await put('תזכורת לעקירה ב-{date} {time}')).toMatchObject({ code: 'template_word_clinical', params: { word: 'עקירה' } })
    expect(await put('תזכורת ב-{date} {time}. מבצע הלבנה!')).toMatchObject({ code: 'template_word_promotion', params: { word: 'מבצע' } })
    expect((await desk('POST /message-template-previews', { body: { ...key, subject: '', body: '20% {time}' } })).problem.code).toBe('template_word_promotion')
  })

  it('offer no answer that would stop all messages, whatever they are about', async () => {
    const put = async (kind: 'reminder' | 'offer' | 'form' | 'series_changed', words: string) => (await owner('PUT /message-templates/:kind/:channel/:language', { params: { kind, channel: 'sms', language: 'en' }, body: { version: 0, subject: '', body: words } })).problem
    for (const kind of ['reminder', 'offer', 'form', 'series_changed'] as const) expect(await put(kind, 'Hello {patientFirstName}, see {link} or reply CANCEL'.replace('{link}', kind === 'series_changed' ? '' : '{link}')), kind).toMatchObject({ code: 'template_word_answer', params: { word: 'cancel' } })
    expect((await desk('PUT /quick-texts', { body: { items: ['Thank you', 'Reply STOP if you do not want it'], version: 0 } })).problem).toMatchObject({ code: 'template_word_answer', params: { word: 'stop' } })
  })

  it('say what they cost at most, with the longest names of the clinic\'s own patients', async () => {
    const body = `${'א'.repeat(49)} {patientFirstName} {time}`
    const before = await desk('POST /message-template-previews', { body: { ...key, subject: '', body } })
    expect(before.body).toMatchObject({ sms: { parts: 1 }, worst: { sms: { parts: 1 }, because: [] } })
    await desk('POST /patients', { body: { id: uuid(), givenName: 'אלכסנדרה-מרגריטה', familyName: 'לוי', language: 'he', phones: [] } })
    const after = await desk('POST /message-template-previews', { body: { ...key, subject: '', body } })
    expect(after.body).toMatchObject({ sms: { parts: 1 }, worst: { sms: { parts: 2 }, because: [{ placeholder: 'patientFirstName', value: 'אלכסנדרה-מרגריטה' }] } })
    expect(after.body.worst?.body).toContain('אלכסנדרה-מרגריטה')
    const accountant = await api.as(hadar.staff.accountant)
    expect((await accountant('POST /message-template-previews', { body: { ...key, subject: '', body } })).body.worst).toBeNull() // reads of no patient
    const foreign = await (await api.as(api.cast.thames.staff.owner))('POST /message-template-previews', { body: { ...key, subject: '', body } })
    expect(foreign.body.worst).toMatchObject({ sms: { parts: 1 } })
  })

  it('keep each version that the clinic wrote, and an earlier one is written anew on top', async () => {
    const versions = async () => (await desk('GET /message-templates/:kind/:channel/:language/versions', { params: key })).body
    const first = (await versions()).items[0]
    expect(first).toMatchObject({ version: 1, body: 'שלום {patientFirstName}, מחכים לך ב{date} {time}', writtenBy: hadar.staff.owner.name, writtenAt: castNow.toString() })
    expect((await versions()).shipped.body).toContain('{link}')
    const put = (version: number, body: string) => owner('PUT /message-templates/:kind/:channel/:language', { params: key, body: { version, subject: '', body } })
    expect((await put(1, 'אחר {time}')).status).toBe(200)
    expect((await put(2, first?.body ?? '')).body).toMatchObject({ version: 3, body: first?.body })
    expect((await versions()).items.map(({ version, body }) => [version, body])).toEqual([[3, first?.body], [2, 'אחר {time}'], [1, first?.body]])
    expect((await desk('GET /message-templates/:kind/:channel/:language/versions', { params: { kind: 'invoice', channel: 'sms', language: 'he' } })).status).toBe(404)
    const foreign = await api.as(api.cast.thames.staff.owner)
    expect((await foreign('GET /message-templates/:kind/:channel/:language/versions', { params: key })).body.items).toEqual([])
  })

  it('keep with each version who wrote it', async () => {
    const rows = await api.database.db.selectFrom('message_template_version').select(['version', 'body', 'written_by']).where('clinic_id', '=', hadar.id).where('kind', '=', key.kind).where('channel', '=', key.channel).where('language', '=', key.language).orderBy('version').execute()
    expect(rows[0]).toMatchObject({ version: 1, written_by: hadar.staff.owner.id })
  })

  it('know their placeholders, evaluate nothing, and may not be a letter', async () => {
    const body = (text: string) => ({ version: 3, subject: '', body: text })
    expect((await owner('PUT /message-templates/:kind/:channel/:language', { params: key, body: body('{visitType}') })).problem.code).toBe('template_placeholder_unknown')
    expect((await owner('PUT /message-templates/:kind/:channel/:language', { params: key, body: body('${7*7}') })).problem.code).toBe('template_placeholder_unknown')
    expect((await owner('PUT /message-templates/:kind/:channel/:language', { params: key, body: body('א'.repeat(400)) })).problem.code).toBe('template_too_long')
    const shown = await desk('POST /message-template-previews', { body: { ...key, subject: '', body: '<?= 7*7 ?> {patientFirstName} {time}' } })
    expect(shown.body.body).toMatch(/^<\?= 7\*7 \?> נועה \d\d:\d\d$/)
    expect(shown.body.sms).toMatchObject({ encoding: 'UCS-2', parts: 1 })
    expect((await desk('POST /message-template-previews', { body: { kind: 'invoice', channel: 'sms', language: 'he', subject: '', body: 'x' } })).status).toBe(404)
  })
})
