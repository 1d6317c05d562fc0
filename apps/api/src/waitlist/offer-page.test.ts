import { testApi } from '@yoman/testing/api'
import { castId, castNow } from '@yoman/testing/cast'
import { offerToken } from '@yoman/use-cases/waitlist/link'
import { beforeEach, describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar } = api.cast
const desk = await api.as(hadar.staff.receptionist)

beforeEach(() => api.setNow(castNow))

let made = 0
const freshId = (): string => castId('offer page', String((made += 1)))
type Patient = keyof typeof hadar.patients

async function waitAndOffer(startsAt: string, patients: readonly Patient[], earlierOf?: Patient) {
  const entries = await Promise.all(patients.map(async (patient) => {
    const appointmentId = patient === earlierOf ? freshId() : null
    const place = { branchId: hadar.branches.center, visitTypeId: hadar.visitTypes.talk, patientId: hadar.patients[patient] }
    if (appointmentId !== null) await desk('POST /appointments', { body: { id: appointmentId, ...place, practitionerId: hadar.practitioners.doctor, startsAt: '2026-12-30T08:00:00Z' } })
    const { body } = await desk('POST /waitlist', { body: { id: freshId(), ...place, appointmentId, durationMinutes: null, practitionerIds: [], weekdays: [], parts: [], urgency: 'normal', until: null } })
    return body.id
  }))
  const offers = entries.map((entryId) => ({ id: freshId(), entryId, toldBy: 'sms' as const }))
  const { status } = await desk('POST /waitlist-offers', { body: { holdId: freshId(), branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, startsAt, offers } })
  expect(status).toBe(201)
  return offers.map(({ id }) => ({ id, url: `/o/${offerToken(api.cast.vault, hadar.id, id)}` }))
}
const look = (url: string) => api.app.inject({ method: 'GET', url })
const answer = (url: string, word: string) => api.app.inject({ method: 'POST', url, payload: new URLSearchParams({ answer: word }).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } })
const statuses = async (ids: readonly string[]) =>
  (await api.database.db.selectFrom('waitlist_offer').select(['id', 'status']).where('id', 'in', [...ids]).execute()).map(({ id, status }) => [id, status])

describe('the link of an offer', () => {
  test('shows clinic, branch, day, hour and practitioner in the language of the patient, and no word about the patient', async () => {
    const offers = await waitAndOffer('2026-11-23T07:00:00Z', ['ahmad', 'sara', 'noam'])
    const [arabic, hebrew] = await Promise.all(offers.map(({ url }) => look(url)))
    expect(hebrew?.statusCode).toBe(200)
    expect(hebrew?.body).toContain('<html lang="he" dir="rtl">')
    for (const words of ['מרפאת הדר', 'הדר מרכז', '09:00', 'יום שני, 23 בנובמבר 2026', 'ד״ר מיכל', 'לקחת את התור', '09:15']) expect(hebrew?.body).toContain(words)
    for (const words of ['שרה', 'לוי', '0501234501', 'שיחה', hadar.patients.sara]) expect(hebrew?.body).not.toContain(words)
    expect(arabic?.body).toContain('<html lang="ar" dir="rtl">')
    expect(arabic?.body).toContain('حجز الموعد')
    expect(hebrew?.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'content-type': 'text/html; charset=utf-8' })
    expect(hebrew?.body).not.toMatch(/<script|style=|\son\w+=/)
    expect((await look('/o/page.css')).headers['content-type']).toContain('text/css')
  })

  test('changes nothing when it is only opened, however often', async () => {
    const [offer] = await waitAndOffer('2026-11-23T08:00:00Z', ['sara'])
    const { url = '', id = '' } = offer ?? {}
    for (let time = 0; time < 5; time += 1) await look(url)
    await api.app.inject({ method: 'HEAD', url })
    expect(await statuses([id])).toEqual([[id, 'open']])
    expect((await answer(url, 'perhaps')).statusCode).toBe(400)
    expect(await statuses([id])).toEqual([[id, 'open']])
  })

  test('gives the place to the first who takes it; the others are told kindly and stay on the list', async () => {
    const offers = await waitAndOffer('2026-11-24T07:00:00Z', ['sara', 'ahmad'])
    const [first, second] = offers.map(({ url }) => url)
    const taken = await answer(first ?? '', 'take')
    expect([taken.statusCode, taken.body.includes('התור נקבע לך')]).toEqual([200, true])
    const again = await answer(first ?? '', 'take')
    expect([again.statusCode, again.body]).toEqual([200, taken.body])
    const late = await answer(second ?? '', 'take')
    expect([late.statusCode, late.body.includes('تم حجز هذا الموعد'), late.body.includes('مكانك في قائمة الانتظار محفوظ')]).toEqual([409, true, true])
    expect((await look(second ?? '')).body).toContain('تم حجز هذا الموعد')
    const visits = await api.database.db.selectFrom('appointment').select(['patient_id', 'created_by']).where('status', '=', 'booked').where('starts_at', '=', castNow.add({ hours: 48 })).execute()
    expect(visits).toEqual([{ patient_id: hadar.patients.sara, created_by: null }])
    const list = await desk('GET /waitlist', { query: { status: 'open', patientId: hadar.patients.ahmad } })
    expect(list.body.items.length).toBeGreaterThan(0)
    expect(await api.database.db.selectFrom('message').select('id').where('patient_id', '=', hadar.patients.ahmad).where('kind', '<>', 'offer').execute()).toEqual([])
  })

  test('says that it moves the visit that the patient has, and moves it', async () => {
    const [offer] = await waitAndOffer('2026-11-24T08:00:00Z', ['sara'], 'sara')
    expect((await look(offer?.url ?? '')).body).toContain('התור שכבר נקבע לך יעבור למועד הזה')
    expect((await answer(offer?.url ?? '', 'take')).statusCode).toBe(200)
    const left = await api.database.db.selectFrom('appointment').select('id').where('starts_at', '=', castNow.add({ hours: 38 * 24 + 1 })).where('status', '=', 'booked').execute()
    expect(left).toEqual([])
  })

  test('can be declined, and is over when its time is', async () => {
    const [declined, expired] = await waitAndOffer('2026-11-25T07:00:00Z', ['sara', 'noam'])
    expect((await answer(declined?.url ?? '', 'decline')).body).toContain('תודה על התשובה')
    expect((await answer(declined?.url ?? '', 'take')).statusCode).toBe(409)
    api.setNow(castNow.add({ minutes: 15 }))
    expect((await look(expired?.url ?? '')).body).toContain('הזמן לתשובה עבר')
    expect((await answer(expired?.url ?? '', 'take')).statusCode).toBe(409)
    expect(await statuses([expired?.id ?? ''])).toEqual([[expired?.id, 'open']]) // the worker closes it; nobody can take it meanwhile
  })

  test('shows names as they were typed, and never as part of the page', async () => {
    await api.database.db.updateTable('branch').set({ name: '<img src=x onerror=alert(1)> & "מרכז"' }).where('id', '=', hadar.branches.center).execute()
    const [offer] = await waitAndOffer('2026-11-26T07:00:00Z', ['sara'])
    const { body } = await look(offer?.url ?? '')
    expect(body).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;מרכז&quot;')
    expect(body).not.toContain('<img')
  })

  test('that opens nothing is told so, and guessing is slowed down while real links go on opening', async () => {
    const [offer] = await waitAndOffer('2026-11-26T08:00:00Z', ['sara'])
    const missed: number[] = []
    for (let time = 0; time < 24; time += 1) missed.push((await look(`/o/${'A'.repeat(20)}${String(time).padStart(2, '0')}`)).statusCode)
    expect([missed[0], missed.at(-1)]).toEqual([404, 429])
    expect((await look('/o/..%2f..%2fetc')).statusCode).toBe(429)
    expect((await look(offer?.url ?? '')).statusCode).toBe(200)
  })
})
