import { whatsappProposals } from '@yoman/messaging/texts/whatsapp'
import { testApi } from '@yoman/testing/api'
import { expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const stranger = await api.as(thames.staff.owner)

const none = { he: null, ar: null, ru: null, en: null }
const he = { contentSid: `HX${'a'.repeat(32)}`, body: 'שלום {patientFirstName}, תזכורת לתור ב{date} בשעה {time} אצלנו' }

it('the owner names the sender and the approved texts, on top of what stands; another clinic has none of it', async () => {
  expect((await desk('GET /whatsapp-settings')).body).toMatchObject({ sender: null, templates: none, version: 0, proposals: whatsappProposals, linkPrefix: `${api.services.publicUrl.replace(/\/+$/, '')}/` })
  const body = { version: 0, sender: '+972559570177', templates: { ...none, he, en: { contentSid: null, body: 'Not approved yet: {date}, see you' } } }
  expect((await owner('PUT /whatsapp-settings', { body })).body).toMatchObject({ sender: '+972559570177', templates: { he, ar: null, ru: null, en: { contentSid: null } }, version: 1 })
  expect((await owner('PUT /whatsapp-settings', { body })).problem).toMatchObject({ code: 'stale_version', params: { current: 1 } })
  expect((await owner('PUT /whatsapp-settings', { body: { version: 1, sender: null, templates: { ...none, he } } })).body).toMatchObject({ sender: null, templates: { ...none, he }, version: 2 })
  expect((await desk('PUT /whatsapp-settings', { body: { ...body, version: 2 } })).status).toBe(403)
  expect((await stranger('GET /whatsapp-settings')).body).toMatchObject({ sender: null, templates: none, version: 0 })
  const [told] = await api.database.db.selectFrom('event').select('details').where('clinic_id', '=', hadar.id).where('name', '=', 'clinic.changed').execute()
  expect(told?.details).toEqual({ fields: ['whatsapp'] })
})

it.each([
  ['{date}: תזכורת לתור אצלנו', 'whatsapp_text_edge'],
  ['תזכורת לתור ב{date} {time} אצלנו', 'whatsapp_text_crowded'],
  ['תזכורת לעקירה ב{date} אצלנו', 'template_word_clinical'],
  ['תזכורת ב{treatment} אצלנו', 'template_placeholder_unknown'],
])('refuses %s', async (body, code) => {
  const { version } = (await owner('GET /whatsapp-settings')).body
  expect((await owner('PUT /whatsapp-settings', { body: { version, sender: null, templates: { ...none, he: { ...he, body } } } })).problem.code).toBe(code)
})

it('a rule may go by three ways, each once', async () => {
  const rule = { id: '0197c9a0-0000-7000-8000-000000000001', branchId: null, daysBefore: 1, atTime: '10:00', channel: 'whatsapp', visitTypeIds: [] as string[], active: true } as const
  expect((await owner('POST /reminder-rules', { body: { ...rule, fallbackChannels: ['sms', 'email'] } })).body).toMatchObject({ channel: 'whatsapp', fallbackChannels: ['sms', 'email'] })
  const listed = (await owner('GET /reminder-rules')).body.items.find(({ id }) => id === rule.id)
  expect(listed).toMatchObject({ channel: 'whatsapp', fallbackChannels: ['sms', 'email'] })
  expect((await owner('PUT /reminder-rules/:id', { params: { id: rule.id }, body: { ...without(rule), version: 1, fallbackChannels: ['sms', 'sms'] } as never })).status).toBe(400)
})

const without = ({ id: _, ...rest }: { id: string }) => rest
