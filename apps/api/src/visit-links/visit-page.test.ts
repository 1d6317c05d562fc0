import { instant, type Instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castId, castNow } from '@yoman/testing/cast'
import { transact } from '@yoman/use-cases/transact'
import { openLinkOf, visitToken } from '@yoman/use-cases/visit-links/link'
import { beforeEach, describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar } = api.cast
const { db } = api.database
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const ctx = castContext(api.cast, hadar, 'receptionist', api.database.apiPool)

beforeEach(() => api.setNow(castNow))

let made = 0
const freshId = (): string => castId('visit page', String((made += 1)))
type Patient = keyof typeof hadar.patients

/** A booked visit, whose link has left in a message. */
async function aVisit(startsAt: string, patient: Patient = 'sara', visitTypeId = hadar.visitTypes.talk) {
  const id = freshId()
  const { status } = await desk('POST /appointments', { body: { id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId, patientId: hadar.patients[patient], startsAt } })
  expect(status).toBe(201)
  return { id, url: await sentLink(id, instant(startsAt)) }
}
async function sentLink(appointmentId: string, startsAt: Instant): Promise<string> {
  await transact(ctx, (tx) => openLinkOf(tx, ctx, { appointmentId, startsAt }, { body: 'מחר: {link}' }))
  return `/v/${visitToken(api.cast.vault, hadar.id, { appointmentId, startsAt })}`
}

const look = (url: string) => api.app.inject({ method: 'GET', url })
const answer = (url: string, words: Record<string, string>) => api.app.inject({ method: 'POST', url, payload: new URLSearchParams(words).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } })
const visit = (id: string) => db.selectFrom('appointment').select(['status', 'starts_at', 'cancel_reason']).where('id', '=', id).executeTakeFirstOrThrow()
const deeds = async (id: string) => (await db.selectFrom('event').select(['name', 'actor_kind']).where('subject_id', '=', id).where('name', '<>', 'appointment.booked').orderBy('seq').execute()).map(({ name, actor_kind }) => `${name} by ${actor_kind}`)

describe('the link of a visit', () => {
  test('shows day, hour, place and practitioner in the language of the patient, and no word about the patient or the treatment', async () => {
    const [hebrew, arabic] = await Promise.all([look((await aVisit('2026-11-25T07:00:00Z')).url), look((await aVisit('2026-11-25T08:00:00Z', 'ahmad')).url)])
    expect(hebrew.statusCode).toBe(200)
    expect(hebrew.body).toContain('<html lang="he" dir="rtl">')
    for (const words of ['מרפאת הדר', 'הדר מרכז', 'הרצל 1, חיפה', '09:00', 'יום רביעי, 25 בנובמבר 2026', 'ד״ר מיכל', 'אישור הגעה', 'לא אוכל להגיע', 'מועד אחר']) expect(hebrew.body).toContain(words)
    for (const words of ['שרה', 'לוי', '0501234501', 'שיחה', hadar.patients.sara]) expect(hebrew.body).not.toContain(words)
    expect(hebrew.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' })
    expect(hebrew.body).not.toMatch(/<script|style=|\son\w+=/)
    expect(arabic.body).toContain('<html lang="ar" dir="rtl">')
    expect(arabic.body).toContain('تأكيد الحضور')
    expect((await look('/v/page.css')).headers['content-type']).toContain('text/css')
  })

  test('keeps back the practitioner where the kind of visit is discreet', async () => {
    const { url } = await aVisit('2026-11-25T09:00:00Z')
    const usual = (await owner('GET /answer-settings')).body
    expect((await owner('PUT /answer-settings', { body: { ...usual, visitTypes: [{ visitTypeId: hadar.visitTypes.talk, mayMove: true, discreet: true }] } })).status).toBe(200)
    expect((await look(url)).body).not.toContain('ד״ר מיכל')
    await owner('PUT /answer-settings', { body: { ...usual, version: 1 } })
    expect((await look(url)).body).toContain('ד״ר מיכל')
  })

  test('changes nothing when it is only opened, whatever opens it', async () => {
    const { id, url } = await aVisit('2026-11-25T13:00:00Z')
    for (const page of ['', '/cancel', '/times', '/visit.ics', '?answer=confirm', '?answer=cancel']) expect((await look(url + page)).statusCode).toBe(200)
    await api.app.inject({ method: 'HEAD', url })
    expect((await answer(url, { answer: 'perhaps' })).statusCode).toBe(400)
    expect((await answer(url, { answer: 'move', to: 'soon' })).statusCode).toBe(400)
    expect((await visit(id)).status).toBe('booked')
    expect(await deeds(id)).toEqual([])
  })

  test('confirms, by the patient, once however often it is pressed', async () => {
    const { id, url } = await aVisit('2026-11-25T11:00:00Z')
    expect((await answer(url, { answer: 'confirm' })).body).toContain('תודה, האישור התקבל')
    const [again, third] = await Promise.all([answer(url, { answer: 'confirm' }), answer(url, { answer: 'confirm' })])
    expect([again.statusCode, third.statusCode]).toEqual([200, 200])
    expect(await deeds(id)).toEqual(['appointment.confirmed by patient'])
    expect((await look(url)).body).not.toContain('value="confirm"')
  })

  test('asks the desk for another time: one task for the visit, due at once, closed by itself when the visit is moved or is off', async () => {
    const { id, url } = await aVisit('2026-11-24T09:00:00Z', 'ahmad')
    const tasks = async (state: 'open' | 'closed') => (await desk('GET /tasks', { query: { patientId: hadar.patients.ahmad, state } })).body.items.filter((one) => one.appointmentId === id)
    expect((await look(`${url}/times`)).body).toContain('value="ask"')
    const pressed = await Promise.all([answer(url, { answer: 'ask' }), answer(url, { answer: 'ask' })])
    expect(pressed.map(({ statusCode }) => statusCode)).toEqual([200, 200])
    expect(pressed[0]?.body).toContain('وصل طلبك')
    expect(await tasks('open')).toEqual([expect.objectContaining({ about: 'wants_to_move', words: '', createdBy: null, assigneeRole: 'receptionist', dueAt: ctx.now.toString(), branchId: hadar.branches.center })])
    expect((await visit(id)).status).toBe('booked')
    const moved = await desk('PATCH /appointments/:id', { params: { id }, body: { version: 1, startsAt: '2026-11-24T09:20:00Z' } })
    expect(moved.status, JSON.stringify(moved.problem)).toBe(200)
    expect(await tasks('open')).toEqual([])
    expect(await tasks('closed')).toEqual([expect.objectContaining({ status: 'kept', closedBy: { staffId: hadar.staff.receptionist.id, name: hadar.staff.receptionist.name } })])
    const again = await sentLink(id, instant('2026-11-24T09:20:00Z'))
    await answer(again, { answer: 'ask' }) // another time of the visit, another wish
    expect(await tasks('open')).toHaveLength(1)
    await answer(again, { answer: 'cancel' })
    expect(await tasks('open')).toEqual([])
    expect((await tasks('closed'))[0]).toMatchObject({ status: 'kept', closedBy: null })
    expect((await answer(again, { answer: 'ask' })).statusCode).toBe(409)
  })

  test('tells the desk what the patient said by themselves, and when; what the desk does is the desk\'s', async () => {
    const { id, url } = await aVisit('2026-11-24T11:00:00Z')
    const card = async () => (await desk('GET /diary', { query: { branchId: hadar.branches.center, date: '2026-11-24', cancelled: true } })).body.visits.find((one) => one.id === id)
    const steps = async () => (await desk('GET /appointments/:id', { params: { id } })).body.history.map(({ status, byPatient, byName }) => [status, byPatient, byName])
    await answer(url, { answer: 'confirm' })
    expect(await card()).toMatchObject({ status: 'confirmed', saidByPatientAt: ctx.now.toString() })
    expect(await steps()).toEqual([['booked', false, hadar.staff.receptionist.name], ['confirmed', true, null]])
    await answer(url, { answer: 'cancel' })
    expect(await card()).toMatchObject({ status: 'cancelled', saidByPatientAt: ctx.now.toString() })
    const other = await aVisit('2026-11-24T11:30:00Z')
    await desk('POST /appointments/:id/confirmation', { params: { id: other.id }, body: {} })
    expect((await desk('GET /diary', { query: { branchId: hadar.branches.center, date: '2026-11-24' } })).body.visits.find((one) => one.id === other.id)).toMatchObject({ status: 'confirmed', saidByPatientAt: null })
  })

  test('cancels until a day before: the place is free at once, the waitlist hears of it, and the link tells what is so', async () => {
    const { id, url } = await aVisit('2026-11-25T12:00:00Z')
    await desk('POST /waitlist', { body: { id: freshId(), branchId: hadar.branches.center, patientId: hadar.patients.ahmad, visitTypeId: hadar.visitTypes.talk, appointmentId: null, durationMinutes: null, practitionerIds: [], weekdays: [], parts: [], urgency: 'normal', until: null } })
    expect((await look(`${url}/cancel`)).body).toContain('לבטל את התור?')
    expect((await answer(url, { answer: 'cancel' })).body).toContain('התור בוטל')
    expect((await answer(url, { answer: 'cancel' })).statusCode).toBe(200)
    expect(await visit(id)).toMatchObject({ status: 'cancelled', cancel_reason: 'patient' })
    expect(await deeds(id)).toEqual(['appointment.cancelled by patient'])
    expect(await db.selectFrom('waitlist_place').select('starts_at').where('starts_at', '=', instant('2026-11-25T12:00:00Z')).execute()).toHaveLength(1)
    expect((await answer(url, { answer: 'confirm' })).statusCode).toBe(409)
    expect((await look(`${url}/visit.ics`)).statusCode).toBe(404)
    const again = await desk('POST /appointments', { body: { id: freshId(), branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk, patientId: hadar.patients.ahmad, startsAt: '2026-11-25T12:00:00Z' } })
    expect(again.status).toBe(201)
  })

  test('asks to call where it is too late, or the clinic does not want it', async () => {
    const { id, url } = await aVisit('2026-11-23T06:00:00Z')
    const page = (await look(url)).body
    expect(page).toContain('יש להתקשר למרפאה')
    expect(page).not.toContain('/cancel')
    expect((await answer(url, { answer: 'cancel' })).statusCode).toBe(409)
    expect((await answer(url, { answer: 'move', to: '2026-11-26T08:00:00Z' })).statusCode).toBe(409)
    expect((await look(`${url}/times`)).body).toContain('יש להתקשר למרפאה')
    expect((await look(`${url}/cancel`)).body).not.toContain('value="cancel"')
    expect((await visit(id)).status).toBe('booked')
    expect((await answer(url, { answer: 'confirm' })).statusCode).toBe(200)
    const before = (await owner('GET /answer-settings')).body
    await owner('PUT /answer-settings', { body: { ...before, cancelHours: 0 } })
    expect((await answer(url, { answer: 'cancel' })).statusCode).toBe(200)
    const { url: other } = await aVisit('2026-11-30T08:00:00Z')
    await owner('PUT /answer-settings', { body: { ...before, version: before.version + 1, visitTypes: [{ visitTypeId: hadar.visitTypes.talk, mayMove: false, discreet: false }] } })
    expect((await look(other)).body).not.toContain('/times')
    await owner('PUT /answer-settings', { body: { ...before, version: before.version + 2 } })
    expect((await look(other)).body).toContain('/times')
  })

  test('moves to a time that it offers, in one go; the old link tells the new time', async () => {
    const { id, url } = await aVisit('2026-11-26T07:00:00Z')
    const times = (await look(`${url}/times?from=2026-11-29`)).body
    const offered = [...times.matchAll(/name="to" value="([^"]+)"/g)].map(([, to = '']) => to)
    expect(offered.length).toBeGreaterThan(5)
    const [to = ''] = offered
    const moved = await answer(url, { answer: 'move', to })
    expect([moved.statusCode, moved.body.includes('התור הועבר למועד החדש')]).toEqual([200, true])
    expect((await visit(id)).starts_at.toString()).toBe(to)
    expect((await answer(url, { answer: 'move', to })).statusCode).toBe(200) // sent twice
    expect(await deeds(id)).toEqual(['appointment.moved by patient'])
    expect((await look(url)).body).toContain('התור עבר למועד אחר')
    expect((await answer(url, { answer: 'confirm' })).statusCode).toBe(409)
    expect((await answer(url, { answer: 'move', to: offered[1] ?? '' })).statusCode).toBe(409)
    const fresh = await sentLink(id, instant(to))
    expect(fresh).not.toBe(url)
    expect((await answer(fresh, { answer: 'confirm' })).statusCode).toBe(200)
  })

  test('takes no time that it does not offer: outside hours, too soon, the past, taken, beyond ninety days', async () => {
    const { id, url } = await aVisit('2026-11-26T08:00:00Z')
    await aVisit('2026-11-26T09:00:00Z', 'ahmad')
    expect((await look(`${url}/times?from=2027-02-28`)).body).not.toContain('name="to"')
    for (const to of ['2026-11-26T01:00:00Z', '2026-11-22T06:15:00Z', '2026-11-01T08:00:00Z', '2026-11-26T09:00:00Z', '2026-11-26T10:07:00Z', '2027-02-30T08:00:00Z', '2027-03-01T08:00:00Z', '2031-03-03T08:00:00Z']) {
      expect([400, 409]).toContain((await answer(url, { answer: 'move', to })).statusCode)
    }
    expect((await visit(id)).starts_at.toString()).toBe('2026-11-26T08:00:00Z')
  })

  test('gives a time that two want to one of them; the other is shown what else is free', async () => {
    const [one, two] = [await aVisit('2026-11-29T07:00:00Z'), await aVisit('2026-11-29T08:00:00Z', 'ahmad')]
    const to = '2026-11-30T13:00:00Z'
    const answers = await Promise.all([answer(one.url, { answer: 'move', to }), answer(two.url, { answer: 'move', to })])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
    const slower = answers.find(({ statusCode }) => statusCode === 409)?.body ?? ''
    expect(slower).toContain('name="to"')
    const starts = await Promise.all([one, two].map(async ({ id }) => (await visit(id)).starts_at.toString()))
    expect(starts.filter((at) => at === to)).toHaveLength(1)
  })

  test('lets the first of two different answers stand', async () => {
    const { id, url } = await aVisit('2026-11-29T09:00:00Z')
    const [cancelled, moved] = await Promise.all([answer(url, { answer: 'cancel' }), answer(url, { answer: 'move', to: '2026-11-30T11:00:00Z' })])
    expect([cancelled.statusCode, moved.statusCode].sort()).toEqual([200, 409])
    expect(await deeds(id)).toHaveLength(1)
  })

  test('dies with its visit: over, or moved by the desk', async () => {
    const { id, url } = await aVisit('2026-11-29T13:00:00Z')
    await desk('PATCH /appointments/:id', { params: { id }, body: { version: 1, startsAt: '2026-11-29T12:00:00Z' } })
    const page = (await look(url)).body
    expect(page).toContain('התור עבר למועד אחר')
    expect(page).toContain('14:00')
    expect(page).not.toContain('<button')
    api.setNow(instant('2026-11-29T12:00:00Z'))
    expect((await look(url)).body).toContain('המועד הזה עבר')
    expect((await answer(url, { answer: 'cancel' })).statusCode).toBe(409)
    api.setNow(instant('2026-12-06T13:00:00Z'))
    expect((await look(url)).statusCode).toBe(404)
  })

  test('gives the visit to the calendar of the phone without a word of what it is for', async () => {
    const { id, url } = await aVisit('2026-11-29T11:00:00Z')
    const file = await look(`${url}/visit.ics`)
    expect(file.headers['content-type']).toBe('text/calendar; charset=utf-8')
    expect(file.body).toContain('DTSTART:20261129T110000Z')
    for (const words of [id, 'שרה', 'שיחה', 'ד״ר']) expect(file.body).not.toContain(words)
  })

  test('that opens nothing is told so, and guessing is slowed down while real links go on opening', async () => {
    const { url } = await aVisit('2026-11-30T07:00:00Z')
    const missed: number[] = []
    for (let time = 0; time < 24; time += 1) missed.push((await look(`/v/${'A'.repeat(20)}${String(time).padStart(2, '0')}`)).statusCode)
    expect([missed[0], missed.at(-1)]).toEqual([404, 429])
    expect((await look(url)).statusCode).toBe(200)
  })

  test('answers a person, not a machine without end', async () => {
    const { url } = await aVisit('2026-11-30T09:00:00Z')
    const statuses: number[] = []
    for (let time = 0; time < 102; time += 1) statuses.push((await answer(url, { answer: 'confirm' })).statusCode)
    expect([statuses[0], statuses.at(-1)]).toEqual([200, 429])
    expect((await look(url)).statusCode).toBe(200)
  })

  test('knows the clinic by its token alone: the tables cannot make one', async () => {
    const { url } = await aVisit('2026-11-30T12:00:00Z')
    const rows = await db.selectFrom('visit_link').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(url.slice(3))
    expect((await api.anonymous('GET /answer-settings')).status).toBe(401)
  })
})
