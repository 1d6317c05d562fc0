import { takeReceipt } from '@yoman/use-cases/messages/take-receipt'
import { visitLink } from '@yoman/use-cases/visit-links/link'
import { systemContext } from '@yoman/use-cases/context'
import { instant } from '@yoman/domain/time'
import { afterEach, describe, expect, it } from 'vitest'
import { addRule, openDesk } from '../desk.fixture.ts'

const desk = await openDesk()
await addRule(desk)
const ahmad = '+972521234502'
let day = instant('2026-11-24T07:00:00Z')

afterEach(async () => {
  desk.backToRealTime()
  await desk.office.faults.clear()
})

/** A visit whose reminder is due now. @returns the appointment's id. */
async function aDueReminder(): Promise<string> {
  do day = day.add({ hours: 24 })
  while (day.toZonedDateTimeISO('Asia/Jerusalem').dayOfWeek > 3) // Monday to Wednesday: neither they nor their eves are days of rest
  desk.setNow(day.subtract({ hours: 48 }))
  const id = await desk.book('ahmad', day.toString())
  desk.setNow(day.subtract({ hours: 23 }))
  return id
}
const messageOf = (appointmentId: string) => desk.database.db.selectFrom('message').selectAll().where('appointment_id', '=', appointmentId).executeTakeFirstOrThrow()
const sent = (): number => desk.smsTo(ahmad).length

describe('a reminder', () => {
  it('carries the link of its visit, which stands in no table, and which a moved visit exchanges for another', async () => {
    const id = await aDueReminder()
    await desk.work()
    const { body } = await messageOf(id)
    expect(body).toContain('{link}')
    const occurrence = { appointmentId: id, startsAt: day }
    const link = visitLink(desk.cast.vault, 'http://localhost:3000', desk.clinic.id, occurrence)
    const told = desk.smsTo(ahmad).at(-1) ?? ''
    expect(told).toMatch(/\/v\/[\w-]{22}$/)
    expect(told.slice(-22)).toBe(link.slice(-22))
    const kept = await desk.database.db.selectFrom('visit_link').selectAll().where('appointment_id', '=', id).execute()
    expect(kept).toEqual([expect.objectContaining({ appointment_starts_at: day })])
    expect(visitLink(desk.cast.vault, '', desk.clinic.id, { ...occurrence, startsAt: day.add({ hours: 1 }) })).not.toBe(visitLink(desk.cast.vault, '', desk.clinic.id, occurrence))
  })
})

describe('a message whose outcome is unknown', () => {
  it.each(['failAfterAccept', 'cutAfterAccept'] as const)('is found on the provider\'s list and not sent again (%s)', async (fault) => {
    const before = sent()
    await desk.office.faults.set({ sms: { [fault]: 1 } })
    const id = await aDueReminder()
    await desk.work()
    expect(await messageOf(id)).toMatchObject({ state: 'unknown', attempt: 1 })
    desk.passSeconds(121)
    await desk.work()
    expect(await messageOf(id)).toMatchObject({ state: 'sent', attempt: 1, provider_id: expect.stringMatching(/^SM/) })
    expect(sent()).toBe(before + 1)
  })

  it('is sent again, once, after the list was searched twice in vain', async () => {
    const before = sent()
    await desk.office.faults.set({ sms: { cutBeforeAccept: 1 } })
    const id = await aDueReminder()
    await desk.work()
    desk.passSeconds(121)
    await desk.work()
    expect(await messageOf(id)).toMatchObject({ state: 'unknown', lookups: 1 })
    expect(sent()).toBe(before)
    desk.passSeconds(121)
    await desk.work()
    expect(await messageOf(id)).toMatchObject({ state: 'sent', attempt: 2 })
    expect(sent()).toBe(before + 1)
  })

  it('is given up after the second try was lost as well, and a late receipt still corrects that', async () => {
    await desk.office.faults.set({ sms: { cutBeforeAccept: 2 } })
    const id = await aDueReminder()
    for (let look = 0; look < 5; look += 1) {
      await desk.work()
      desk.passSeconds(121)
    }
    const failed = await messageOf(id)
    expect(failed).toMatchObject({ state: 'failed', error_code: 'outcome_unknown', attempt: 2 })
    await takeReceipt(systemContext({ pool: desk.database.apiPool, vault: desk.cast.vault }, desk.clinic.id, day), failed.id, { providerId: 'SMlate', status: 'delivered', errorCode: null })
    expect(await messageOf(id)).toMatchObject({ state: 'delivered', provider_id: 'SMlate' })
  })

  it('is settled by a receipt before anybody looks', async () => {
    const before = sent()
    await desk.office.faults.set({ sms: { failAfterAccept: 1 } })
    const id = await aDueReminder()
    await desk.work()
    const { id: messageId } = await messageOf(id)
    await takeReceipt(systemContext({ pool: desk.database.apiPool, vault: desk.cast.vault }, desk.clinic.id, day), messageId, { providerId: 'SMearly', status: 'delivered', errorCode: null })
    desk.passSeconds(500)
    await desk.work()
    expect(await messageOf(id)).toMatchObject({ state: 'delivered', attempt: 1 })
    expect(sent()).toBe(before + 1)
  })

  it('stays undecided while the provider\'s list cannot be read', async () => {
    await desk.office.faults.set({ sms: { failAfterAccept: 1, failReads: 1 } })
    const id = await aDueReminder()
    await desk.work()
    desk.passSeconds(121)
    await desk.work()
    expect(desk.office.faults.settings.sms.failReads).toBe(0)
    expect(await messageOf(id)).toMatchObject({ state: 'sent', attempt: 1, lookups: 0 }) // the look that failed did not count as one in vain
  })
})

describe('a provider that is busy or refuses', () => {
  it('is asked again when it said so', async () => {
    const before = sent()
    await desk.office.faults.set({ sms: { tooMany: 2 } })
    const id = await aDueReminder()
    await desk.work()
    expect(await messageOf(id)).toMatchObject({ state: 'queued', attempt: 1, error_code: '20429' })
    desk.setNow(day.subtract({ hours: 22 }))
    await desk.work()
    desk.setNow(day.subtract({ hours: 21 }))
    await desk.work()
    expect(await messageOf(id)).toMatchObject({ state: 'sent', attempt: 3 })
    expect(sent()).toBe(before + 1)
  })

  it('is not asked any more when the reminder would come too late', async () => {
    const before = sent()
    await desk.office.faults.set({ sms: { tooMany: 1 } })
    const id = await aDueReminder()
    await desk.work()
    desk.setNow(day.subtract({ minutes: 30 }))
    await desk.work()
    expect(await messageOf(id)).toMatchObject({ state: 'skipped', error_code: 'too_late' })
    expect(sent()).toBe(before)
  })

  it('that says the person unsubscribed makes that a refusal', async () => {
    await desk.database.db.updateTable('patient_phone').set({ number: '+15005550004' }).where('patient_id', '=', desk.clinic.patients.ahmad).execute()
    const id = await aDueReminder()
    await desk.work()
    expect(await messageOf(id)).toMatchObject({ state: 'failed', error_code: '21610' })
    const consents = await desk.database.db.selectFrom('consent').select(['state', 'source']).where('patient_id', '=', desk.clinic.patients.ahmad).where('source', '=', 'system').execute()
    expect(consents).toEqual([{ state: 'refused', source: 'system' }])
  })
})
