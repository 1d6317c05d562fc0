// Reminders by WhatsApp: the approved template that the clinic filed is filled in, at most one is accepted for each row, and whom it does not
// reach hears by the next way. Counted in the provider's own ledger.
import { instant, plainTime } from '@yoman/domain/time'
import { asFiled } from '@yoman/domain/messages/whatsapp'
import { whatsappProposals } from '@yoman/messaging/texts/whatsapp'
import { castContext, castId } from '@yoman/testing/cast'
import { changeAppointment } from '@yoman/use-cases/appointments/change'
import { setSendingSettings } from '@yoman/use-cases/messages/sending-settings'
import { patientContext } from '@yoman/use-cases/context'
import { findClinicOfNumber, receiveReply } from '@yoman/use-cases/messages/receive-reply'
import { replanReminders } from '@yoman/use-cases/reminders/replan'
import { setWhatsappSettings } from '@yoman/use-cases/messages/whatsapp-settings'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariant, openStormDesk } from '../messages/storm.fixture.ts'
import { contextOf } from '../services.ts'
import { askForReceipts, queueDueReminders } from '../sweeps.ts'

const desk = await openStormDesk()
const { db } = desk.database
const ahmad = { id: desk.clinic.patients.ahmad, number: '+972521234502', language: 'ar' as const }
const sender = '+972559570177'
const contentSid = `HX${'a'.repeat(32)}`
const filed = asFiled(whatsappProposals.ar, `${desk.origin}/`)
let day = instant('2026-11-22T07:00:00Z')
let version = 0

beforeAll(async () => {
  await db.insertInto('reminder_rule').values({ clinic_id: desk.clinic.id, id: castId('rule', 'whatsapp'), branch_id: null, days_before: 1, at_time: plainTime('10:00'), channel: 'whatsapp', fallback_channels: ['sms', 'email'] }).execute()
  await db.updateTable('patient').set({ email: 'ahmad@patients.example', language: ahmad.language }).where('id', '=', ahmad.id).execute()
  desk.office.ledger.add({ kind: 'content', sid: contentSid, body: filed })
  await setUp(sender)
})
afterEach(async () => {
  desk.backToRealTime()
  await desk.office.faults.clear()
  await db.deleteFrom('dead_address').execute()
  await setNumber(ahmad.number)
  if ((await db.selectFrom('whatsapp_setting').select('sender').executeTakeFirst())?.sender === null) await setUp(sender)
})

async function setUp(from: string | null, body: string = whatsappProposals.ar): Promise<void> {
  const saved = await setWhatsappSettings(desk.as('owner'), { sender: from, templates: [{ language: 'ar', contentSid, body }], version })
  version = saved.version
}
const setNumber = (number: string) => db.updateTable('patient_phone').set({ number }).where('patient_id', '=', ahmad.id).execute()
const consent = (channel: 'sms' | 'email' | 'whatsapp', state: 'given' | 'refused') =>
  db.insertInto('consent').values({ clinic_id: desk.clinic.id, id: uuid(), patient_id: ahmad.id, channel, purpose: 'service', state, source: 'desk', evidence: '', recorded_at: day.subtract({ hours: 22 }), recorded_by: null }).execute()

/** A visit whose reminder is due now, not yet worked at. */
async function aDueReminder(): Promise<string> {
  do day = day.add({ hours: 24 })
  while (day.toZonedDateTimeISO('Asia/Jerusalem').dayOfWeek > 3) // Monday to Wednesday: neither they nor their eves are days of rest
  desk.setNow(day.subtract({ hours: 48 }))
  const id = await desk.book('ahmad', day.toString())
  desk.setNow(day.subtract({ hours: 22 }))
  return id
}
const messages = (visit: string) => db.selectFrom('message').select(['id', 'channel', 'state', 'error_code', 'body', 'content_variables']).where('appointment_id', '=', visit).where('kind', '=', 'reminder').orderBy('created_at').orderBy('id').execute()
const told = async (visit: string) => (await messages(visit)).map(({ channel, state }) => `${channel} ${state}`)
const skipped = async (visit: string) => (await db.selectFrom('reminder').select(['channel', 'skip_reason']).where('appointment_id', '=', visit).where('state', '=', 'skipped').execute()).map(({ channel, skip_reason }) => `${channel} ${skip_reason}`)
const byWhatsapp = () => desk.office.ledger.sent().filter(({ to }) => to === `whatsapp:${ahmad.number}`)

describe('a reminder by WhatsApp', () => {
  it('fills in the approved template, from the clinic\'s own sender, and the record keeps the words', async () => {
    const visit = await aDueReminder()
    await desk.work()
    expect(await told(visit)).toEqual(['whatsapp delivered'])
    const [left] = byWhatsapp()
    const [kept] = await messages(visit)
    const link = /http:\/\/127\.0\.0\.1:\d+\/v\/[\w-]{22}/.exec(left?.body ?? '')?.[0]
    expect(link).toBeTruthy()
    expect(left).toMatchObject({ from: `whatsapp:${sender}`, body: kept?.body.replace('{link}', link ?? '') })
    expect(kept?.body).toContain('{link}') // what opens the visit stands in no table
    expect(Object.values(kept?.content_variables ?? {})).toContain('{link}')
    await expectInvariant(desk)
  })

  it('counts as one against the ceiling of the day: of two the second waits', async () => {
    const settings = await setSendingSettings(desk.as('owner'), { smsADay: 1, smsAMinute: null, version: 0 })
    const first = await aDueReminder()
    desk.setNow(day.subtract({ hours: 48 }))
    const second = await desk.book('ahmad', day.add({ minutes: 30 }).toString())
    desk.setNow(day.subtract({ hours: 22 }))
    await desk.work()
    const both = [...(await messages(first)), ...(await messages(second))].map(({ channel, state, error_code }) => `${channel} ${state} ${error_code ?? ''}`.trim())
    expect(both.sort()).toEqual(['whatsapp delivered', 'whatsapp queued daily_ceiling'])
    await setSendingSettings(desk.as('owner'), { smsADay: null, smsAMinute: null, version: settings.version })
  })
})

it('is for reminders alone: that the visit moves is told by SMS', async () => {
  const visit = await aDueReminder()
  await desk.work()
  await changeAppointment(desk.as('receptionist'), visit, 1, { startsAt: day.add({ hours: 2 }) })
  await desk.work()
  desk.setNow(day.subtract({ hours: 21, minutes: 50 })) // what may be taken back is over
  await desk.work()
  expect(await db.selectFrom('message').select(['kind', 'channel', 'state']).where('appointment_id', '=', visit).where('kind', '<>', 'reminder').execute()).toEqual([{ kind: 'moved', channel: 'sms', state: 'delivered' }])
})

describe('whom it does not reach', () => {
  it('has no WhatsApp: the SMS leaves, and the next reminder goes by SMS at once', async () => {
    await setNumber('+15005550124')
    const visit = await aDueReminder()
    await desk.work()
    await desk.work()
    expect(await told(visit)).toEqual(['whatsapp failed', 'sms delivered'])
    expect((await messages(visit))[0]?.error_code).toBe('63024')
    expect(await db.selectFrom('dead_address').select(['channel', 'address']).execute()).toEqual([{ channel: 'whatsapp', address: '+15005550124' }])
    const next = await aDueReminder()
    await desk.work()
    expect(await told(next)).toEqual(['sms delivered'])
    expect(await skipped(next)).toEqual(['whatsapp nothing_to_send_to'])
    await expectInvariant(desk)
  })

  it('the clinic has switched it off, or filed nothing in the language: the next way, and the reason is kept', async () => {
    await setUp(null)
    const visit = await aDueReminder()
    await desk.work()
    expect(await told(visit)).toEqual(['sms delivered'])
    expect(await skipped(visit)).toEqual(['whatsapp channel_off'])
    await setUp(sender)
    await db.updateTable('patient').set({ language: 'ru' }).where('id', '=', ahmad.id).execute()
    const inRussian = await aDueReminder()
    await desk.work()
    await db.updateTable('patient').set({ language: 'ar' }).where('id', '=', ahmad.id).execute()
    expect(await told(inRussian)).toEqual(['sms delivered'])
  })

  it('it was switched off between writing and leaving: the next way', async () => {
    const visit = await aDueReminder()
    await queueDueReminders(desk.services)
    expect(await told(visit)).toEqual(['whatsapp queued'])
    await setUp(null)
    await desk.work()
    expect(await told(visit)).toEqual(['whatsapp skipped', 'sms delivered'])
  })

  it('refused it: SMS and e-mail stay open', async () => {
    const visit = await aDueReminder()
    await consent('whatsapp', 'refused')
    await desk.work()
    await consent('whatsapp', 'given')
    expect(await told(visit)).toEqual(['sms delivered'])
  })

  it('is reached by the third way where the second is closed as well', async () => {
    await setNumber('+15005550124')
    const visit = await aDueReminder()
    await consent('sms', 'refused')
    await desk.work()
    await desk.work()
    await consent('sms', 'given')
    expect(await told(visit)).toEqual(['whatsapp failed', 'email sent'])
  })
})

describe('beside SMS', () => {
  const rule = (channel: 'sms' | 'whatsapp', fallback: ('sms' | 'whatsapp' | 'email')[]) => db.updateTable('reminder_rule').set({ channel, fallback_channels: fallback }).execute()
  const usual = () => rule('whatsapp', ['sms', 'email'])

  it('a rule that goes by WhatsApp from now on says nothing again to whom it told by SMS', async () => {
    await rule('sms', [])
    const visit = await aDueReminder()
    await desk.work()
    await usual()
    await replanReminders(contextOf(desk.services, desk.clinic.id))
    desk.setNow(day.subtract({ hours: 21 }))
    await desk.work()
    expect(await told(visit)).toEqual(['sms delivered'])
  })

  it('reaches a number that the networks refuse for SMS', async () => {
    await rule('sms', ['whatsapp'])
    await db.insertInto('dead_address').values({ clinic_id: desk.clinic.id, channel: 'sms', address: ahmad.number, code: '30006', marked_at: day.subtract({ hours: 23 }) }).execute()
    const visit = await aDueReminder()
    await desk.work()
    await usual()
    expect(await told(visit)).toEqual(['whatsapp delivered'])
  })

  it('an answer is to what was said last on its own channel', async () => {
    const visit = await aDueReminder()
    const question = uuid()
    await db.insertInto('message').values({
      clinic_id: desk.clinic.id, id: question, kind: 'reply', channel: 'sms', patient_id: ahmad.id, appointment_id: null, appointment_starts_at: null, reminder_id: null, invoice_id: null, offer_id: null, dedupe_key: uuid(), language: 'ar',
      to_address: ahmad.number, body: 'Do you still need the form?', state: 'sent', not_before: day.subtract({ hours: 23 }), useful_until: null, lease_until: null, first_tried_at: day.subtract({ hours: 23 }), sent_at: day.subtract({ hours: 23 }),
      settled_at: null, provider_id: null, provider_status: null, error_code: null, created_at: day.subtract({ hours: 23 }),
    }).execute()
    await desk.work()
    const say = (channel: 'sms' | 'whatsapp') => receiveReply(patientContext({ pool: desk.database.apiPool, vault: desk.cast.vault }, desk.clinic.id, desk.as('owner').now, null), { providerId: uuid(), from: ahmad.number, body: '1', channel })
    const status = async () => (await db.selectFrom('appointment').select('status').where('id', '=', visit).executeTakeFirst())?.status
    await say('sms')
    expect(await status()).toBe('booked')
    await say('whatsapp')
    expect(await status()).toBe('confirmed')
    await db.deleteFrom('message').where('id', '=', question).execute() // the provider never saw it
  })

  it('an answer by WhatsApp is of the clinic whose number it was written to', async () => {
    const stranger = '+972541118877'
    expect(await findClinicOfNumber(desk.database.apiPool, stranger, null)).toBeUndefined()
    expect(await findClinicOfNumber(desk.database.apiPool, stranger, sender)).toBe(desk.clinic.id)
    const other = desk.cast.thames
    await expect(setWhatsappSettings(castContext(desk.cast, other, 'owner', desk.database.apiPool, day), { sender, templates: [], version: 0 })).rejects.toThrow('whatsapp_sender_taken')
  })
})

describe('a line that is cut', () => {
  it.each(['cutAfterAccept', 'cutBeforeAccept', 'failAfterAccept'] as const)('%s: it is looked up and carried once, though the clinic typed the approved words a little otherwise', async (fault) => {
    await setUp(sender, whatsappProposals.ar.replace('تذكير', 'تذكيركم'))
    const before = byWhatsapp().length
    await desk.office.faults.set({ callbacks: { lost: true }, sms: { [fault]: 1 } })
    const visit = await aDueReminder()
    for (let look = 0; look < 4; look += 1) {
      await desk.work()
      desk.passSeconds(121)
    }
    expect(await told(visit)).toEqual(['whatsapp sent'])
    expect(byWhatsapp().slice(before)).toHaveLength(1)
    await expectInvariant(desk)
  })

  it('a receipt that was lost is asked for', async () => {
    await desk.office.faults.set({ callbacks: { lost: true } })
    const visit = await aDueReminder()
    await desk.work()
    expect(await told(visit)).toEqual(['whatsapp sent'])
    desk.setNow(day.subtract({ hours: 21 }))
    await askForReceipts(desk.services)
    expect(await told(visit)).toEqual(['whatsapp delivered'])
  })
})
