import { v7 as uuid } from 'uuid'
import type { Inputs } from '@yoman/contract/routes'
import { testApi } from '@yoman/testing/api'
import { instant } from '@yoman/domain/time'
import { describe, expect, test } from 'vitest'

// Sunday 2026-11-22, 09:00 in Jerusalem; doctor and hygienist work Sunday to Thursday, 08:00-12:00 and 13:00-16:00.
const api = await testApi()
const { hadar, thames } = api.cast
const doctor = await api.as(hadar.staff.doctor)
const desk = await api.as(hadar.staff.receptionist)
const stranger = await api.as(thames.staff.owner)

const { checkUp, cleaning, talk } = hadar.visitTypes
const doctorThenHygienist = [{ visitTypeId: checkUp, practitionerId: hadar.practitioners.doctor }, { visitTypeId: cleaning }]
type NewOrder = Inputs['POST /orders']['body']
const place = async (given: Partial<NewOrder> = {}) => {
  const body: NewOrder = { id: uuid(), patientId: hadar.patients.sara, branchId: hadar.branches.center, window: { fromDate: '2026-11-29', toDate: '2026-12-03' }, steps: doctorThenHygienist, ...given }
  return doctor('POST /orders', { body })
}
const propose = async (id: string, wish: Inputs['POST /orders/:id/proposals']['body'] = {}) => (await desk('POST /orders/:id/proposals', { params: { id }, body: wish })).body.chains
const book = (id: string, version: number, visits: Inputs['POST /orders/:id/booking']['body']['visits'], as = desk) => as('POST /orders/:id/booking', { params: { id }, body: { version, visits } })
const taken = (chain: Awaited<ReturnType<typeof propose>>[number] | undefined) =>
  (chain?.visits ?? []).map(({ step, practitionerId, placeId, startsAt }) => ({ appointmentId: uuid(), step, practitionerId, placeId, startsAt }))

describe('an order', () => {
  test('is open for the desk until it is booked, with what the doctor said', async () => {
    const { body, status } = await place({ noteToDesk: 'רצוי בבוקר' })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      status: 'open',
      noteToDesk: 'רצוי בבוקר',
      orderedBy: { staffId: hadar.staff.doctor.id, name: hadar.staff.doctor.name },
      patient: { id: hadar.patients.sara, phone: '+972501234501' },
      steps: [{ step: 1, durationMinutes: 30, appointment: null }, { step: 2, practitionerId: null, durationMinutes: 45, minGapDays: 0, maxGapDays: 0 }],
    })
    const list = await desk('GET /orders', { query: { status: 'open', branchId: hadar.branches.center } })
    expect(list.body.items.map(({ id }) => id)).toContain(body.id)
    expect((await desk('GET /patients/:id', { params: { id: hadar.patients.sara } })).body.orders?.map(({ id }) => id)).toContain(body.id)
  })

  test('in six weeks is a window around that day', async () => {
    const { body } = await place({ window: { inWeeks: 6 } })
    expect([body.fromDate, body.toDate]).toEqual(['2026-12-30', '2027-01-07'])
  })

  test('sent twice is one', async () => {
    const id = uuid()
    const [first, second] = [await place({ id }), await place({ id })]
    expect(second).toMatchObject({ status: 201, body: first.body })
    expect(await place({ id, patientId: hadar.patients.olga })).toMatchObject({ status: 409, problem: { code: 'id_taken' } })
  })

  test('is not fulfilled by a visit that was booked for something else', async () => {
    const { body: order } = await place({ steps: [{ visitTypeId: talk, practitionerId: hadar.practitioners.doctor }] })
    const other = { id: uuid(), branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: talk, patientId: hadar.patients.sara, startsAt: '2026-11-26T07:00:00Z' }
    expect((await desk('POST /appointments', { body: other })).status).toBe(201)
    const visits = taken((await propose(order.id))[0]).map((visit) => ({ ...visit, appointmentId: other.id }))
    expect((await book(order.id, order.version, visits)).problem.code).toBe('id_taken')
  })

  test('does not name the encounter of another patient', async () => {
    const appointmentId = uuid()
    const booking = { id: appointmentId, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: talk, patientId: hadar.patients.sara, startsAt: '2026-11-25T07:00:00Z' }
    expect((await desk('POST /appointments', { body: booking })).status).toBe(201)
    const { body: encounter } = await doctor('POST /encounters', { body: { id: uuid(), appointmentId } })
    expect((await place({ encounterId: encounter.id, patientId: hadar.patients.olga })).problem.code).toBe('reference_unknown')
    expect((await place({ encounterId: encounter.id })).status).toBe(201)
  })

  test('is refused with a window that is over, or with what another clinic has', async () => {
    expect((await place({ window: { fromDate: '2026-10-01', toDate: '2026-10-02' } })).problem.code).toBe('order_window_invalid')
    for (const given of [{ patientId: thames.patients.sara }, { branchId: thames.branches.center }, { steps: [{ visitTypeId: thames.visitTypes.talk }] }, { encounterId: uuid() }]) {
      expect((await place(given)).problem.code).toBe('reference_unknown')
    }
  })

  test('is written by those who treat, and closed by the desk with a reason', async () => {
    expect((await desk('POST /orders', { body: { id: uuid(), patientId: hadar.patients.sara, branchId: hadar.branches.center, window: { inWeeks: 1 }, steps: [{ visitTypeId: talk }] } })).status).toBe(403)
    const { body } = await place()
    const cancel = () => desk('POST /orders/:id/cancellation', { params: { id: body.id }, body: { version: body.version, reason: 'עברה לעיר אחרת' } })
    expect(await cancel()).toMatchObject({ status: 201, body: { status: 'cancelled', cancelReason: 'עברה לעיר אחרת' } })
    expect(await cancel()).toMatchObject({ status: 409, problem: { code: 'order_cancelled' } })
    expect((await desk('POST /orders/:id/proposals', { params: { id: body.id }, body: {} })).problem.code).toBe('order_cancelled')
  })

  test('is nothing to another clinic', async () => {
    const { body } = await place()
    expect((await stranger('GET /orders/:id', { params: { id: body.id } })).status).toBe(404)
    expect((await stranger('POST /orders/:id/proposals', { params: { id: body.id }, body: {} })).status).toBe(404)
    expect((await stranger('POST /orders/:id/cancellation', { params: { id: body.id }, body: { version: 1, reason: 'x' } })).status).toBe(404)
  })
})

describe('proposals', () => {
  test('the doctor and right after her the hygienist, in every day of the window', async () => {
    const { body } = await place()
    const chains = await propose(body.id)
    expect(new Set(chains.map(({ visits }) => visits[0]?.startsAt.slice(0, 10)))).toEqual(new Set(['2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03']))
    for (const { visits } of chains) {
      expect(visits.map(({ practitionerId }) => practitionerId)).toEqual([hadar.practitioners.doctor, hadar.practitioners.hygienist])
      expect(visits[1]?.startsAt).toBe(visits[0]?.endsAt)
      expect(visits.every(({ placeId }) => placeId !== null)).toBe(true)
    }
    expect(chains[0]?.visits[0]?.startsAt).toBe('2026-11-29T06:00:00Z')
  })

  test('with the assistant whom the kind of visit needs, and the booking takes the one who was proposed', async () => {
    const typeId = uuid()
    const owner = await api.as(hadar.staff.owner)
    await owner('POST /visit-types', { body: { id: typeId, name: 'שתל', nameEn: '', publicName: 'תור', publicNameEn: '', profession: 'doctor', durationMinutes: 20, bufferBeforeMinutes: 0, bufferAfterMinutes: 0, placeKind: null, priceItemId: null, colour: '#0f766e', practitionerIds: [], needs: [{ kind: 'practitioner', profession: 'hygienist', resourceIds: [] }] } })
    const { body } = await place({ steps: [{ visitTypeId: typeId }] })
    const [chain] = await propose(body.id)
    const [visit] = chain?.visits ?? []
    expect(visit?.alsoIds).toEqual([hadar.practitioners.hygienist])
    const appointmentId = uuid()
    const { step, practitionerId, placeId, alsoIds, startsAt } = visit ?? { step: 0, practitionerId: '', placeId: null, alsoIds: [], startsAt: '' }
    expect((await desk('POST /orders/:id/booking', { params: { id: body.id }, body: { version: body.version, visits: [{ appointmentId, step, practitionerId, placeId, alsoIds, startsAt }] } })).status).toBe(201)
    const { body: booked } = await desk('GET /appointments/:id', { params: { id: appointmentId } })
    expect(booked.appointment.resourceIds).toEqual([hadar.practitioners.doctor, hadar.practitioners.hygienist])
    await desk('POST /appointments/:id/cancellation', { params: { id: appointmentId }, body: { reason: 'other' } })
  })

  test('in the part of the day that suits, and no more than asked for', async () => {
    const { body } = await place()
    const chains = await propose(body.id, { partOfDay: 'afternoon', limit: 2 })
    expect(chains.map(({ visits }) => visits[0]?.startsAt)).toEqual(['2026-11-29T11:00:00Z', '2026-11-30T11:00:00Z'])
  })

  test('a week apart where the doctor said so', async () => {
    const { body } = await place({ window: { fromDate: '2026-11-29', toDate: '2026-11-29' }, steps: [{ visitTypeId: talk }, { visitTypeId: talk, minGapDays: 7, maxGapDays: 9 }] })
    const [chain] = await propose(body.id)
    expect(chain?.visits.map(({ startsAt }) => startsAt)).toEqual(['2026-11-29T06:00:00Z', '2026-12-06T06:00:00Z'])
  })

  test('from now on where the window has passed: nobody is forgotten', async () => {
    const { body } = await place({ window: { fromDate: '2026-11-22', toDate: '2026-11-23' }, steps: [{ visitTypeId: talk }] })
    api.setNow(instant('2026-12-10T10:00:00Z'))
    const [chain] = await propose(body.id)
    api.setNow(instant('2026-11-22T07:00:00Z'))
    expect(chain?.visits[0]?.startsAt).toBe('2026-12-10T11:00:00Z')
  })
})

describe('booking', () => {
  test('every step at once, and the order is done', async () => {
    const { body: order } = await place()
    const visits = taken((await propose(order.id))[0])
    const { status, body } = await book(order.id, order.version, visits)
    expect(status).toBe(201)
    expect(body).toMatchObject({ status: 'booked', version: 2, steps: visits.map(({ appointmentId, startsAt }) => ({ appointment: { id: appointmentId, startsAt, status: 'booked' } })) })
    const again = await book(order.id, order.version, visits)
    expect(again).toMatchObject({ status: 201, body })
    expect(await book(order.id, 2, taken((await propose((await place()).body.id))[0]))).toMatchObject({ status: 409, problem: { code: 'order_already_booked' } })
    const events = await api.database.db.selectFrom('event').select('name').where('subject_id', '=', order.id).orderBy('seq').execute()
    expect(events.map(({ name }) => name)).toEqual(['order.placed', 'order.booked'])
  })

  test('all or nothing: a taken hygienist leaves the doctor free', async () => {
    const { body: order } = await place()
    const [chain] = await propose(order.id)
    const second = chain?.visits[1]
    const other = await desk('POST /appointments', {
      body: { id: uuid(), patientId: hadar.patients.olga, branchId: hadar.branches.center, practitionerId: second?.practitionerId ?? '', visitTypeId: cleaning, startsAt: second?.startsAt ?? '' },
    })
    expect(other.status).toBe(201)
    const visits = taken(chain)
    expect(await book(order.id, order.version, visits)).toMatchObject({ status: 409, problem: { code: 'slot_taken' } })
    expect((await desk('GET /orders/:id', { params: { id: order.id } })).body.status).toBe('open')
    const left = await api.database.db.selectFrom('appointment').select('id').where('order_id', '=', order.id).execute()
    expect(left).toEqual([])
  })

  test('refuses another order of visits, too few of them, a stale version, and seconds', async () => {
    const { body: order } = await place()
    const visits = taken((await propose(order.id))[0])
    const moved = (startsAt: string) => visits.map((visit) => (visit.step === 2 ? { ...visit, startsAt } : visit))
    expect((await book(order.id, order.version, moved('2026-12-02T08:00:00Z'))).problem).toMatchObject({ code: 'order_gap_broken', params: { step: 2, min: 0, max: 0 } })
    expect((await book(order.id, order.version, visits.slice(0, 1))).problem.code).toBe('order_steps_missing')
    expect((await book(order.id, order.version + 1, visits)).problem).toMatchObject({ code: 'stale_version', params: { current: order.version } })
    expect((await book(order.id, order.version, moved('2026-11-29T08:30:30Z'))).status).toBe(400)
  })

  test('sixteen desks book one order: it is booked once', async () => {
    const { body: order } = await place()
    const [chain] = await propose(order.id)
    const answers = await Promise.all(Array.from({ length: 16 }, () => book(order.id, order.version, taken(chain))))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array<number>(15).fill(409)])
    const visits = await api.database.db.selectFrom('appointment').select('id').where('order_id', '=', order.id).execute()
    expect(visits).toHaveLength(2)
  })

  test('two orders that want the same hygienist: one has her', async () => {
    const [a, b] = [(await place()).body, (await place({ patientId: hadar.patients.olga })).body]
    const [chain] = await propose(a.id)
    const answers = await Promise.all([book(a.id, a.version, taken(chain)), book(b.id, b.version, taken(chain))])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409])
  })

  test('a cancelled visit opens the order again, and only what is missing is proposed and booked', async () => {
    const { body: order } = await place()
    const visits = taken((await propose(order.id))[0])
    await book(order.id, order.version, visits)
    await desk('POST /appointments/:id/cancellation', { params: { id: visits[1]?.appointmentId ?? '' }, body: { reason: 'patient' } })
    const { body: open } = await desk('GET /orders/:id', { params: { id: order.id } })
    expect(open).toMatchObject({ status: 'open', steps: [{ appointment: { id: visits[0]?.appointmentId } }, { appointment: null }] })
    const chains = await propose(order.id)
    expect(chains.map((chain) => chain.visits.map(({ step }) => step))).toEqual([[2]])
    expect(chains[0]?.visits[0]?.startsAt.slice(0, 10)).toBe(visits[0]?.startsAt.slice(0, 10))
    expect(await book(order.id, open.version, taken(chains[0]))).toMatchObject({ status: 201, body: { status: 'booked' } })
  })
})

test('the list goes page by page, soonest window first', async () => {
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const { body } = await desk('GET /orders', { query: { limit: 3, ...(cursor && { cursor }) } })
    seen.push(...body.items.map(({ fromDate, id }) => `${fromDate} ${id}`))
    cursor = body.next ?? undefined
  } while (cursor)
  const all = await api.database.db.selectFrom('next_visit_order').select('id').execute()
  expect(seen).toEqual(seen.toSorted())
  expect(new Set(seen).size).toBe(all.length)
})
