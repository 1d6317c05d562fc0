import { v7 as uuid } from 'uuid'
import type { Off } from '@yoman/domain/invoices/discount'
import { type Instant, instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const [desk, owner, accountant, doctor, assistant, north, other] = await Promise.all(
  [hadar.staff.receptionist, hadar.staff.owner, hadar.staff.accountant, hadar.staff.doctor, hadar.staff.assistant, hadar.staff.northReceptionist, thames.staff.owner].map((person) => api.as(person)),
) as [Caller, Caller, Caller, Caller, Caller, Caller, Caller] // as many as people
type Caller = Awaited<ReturnType<typeof api.as>>
let minute = 0

afterEach(() => api.setNow(castNow))

/** A visit that costs 180 shekels by the price of its kind; in treatment, or over. */
async function visit({ at = castNow, over = false, patientId = hadar.patients.sara }: { at?: Instant; over?: boolean; patientId?: string } = {}): Promise<string> {
  const id = uuid()
  const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, at)
  await bookAppointment(ctx, {
    id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId,
    startsAt: at.add({ minutes: 60 + 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
  })
  await recordArrival(ctx, id)
  await startTreatment(ctx, id)
  if (over) await completeAppointment(ctx, id)
  return id
}

/** What was done at a visit: so many fillings at 450, and an examination at 180. */
async function treated(appointmentId: string, quantity = 2) {
  const encounter = (await doctor('POST /encounters', { body: { id: uuid(), appointmentId } })).body
  const procedures = [{ id: uuid(), priceItemId: hadar.prices.filling, quantity }, { id: uuid(), priceItemId: hadar.prices.exam, quantity: 1 }]
  const { body } = await doctor('PUT /encounters/:id/procedures', { params: { id: encounter.id }, body: { version: encounter.version, procedures } })
  return { encounterId: encounter.id, version: body.version, procedures, filling: procedures[0]?.id ?? '', exam: procedures[1]?.id ?? '' }
}

const give = (who: Caller, id: string, off: Off | null, procedureId: string | null = null, reason = 'קרוב משפחה') => who('PUT /appointments/:id/discount', { params: { id }, body: { procedureId, discount: off && { off, reason } } })
const bill = async (id: string) => (await desk('GET /appointments/:id/bill', { params: { id } })).body
const issue = async (id: string) => (await desk('POST /appointments/:id/invoice', { params: { id } })).body
const tenth = { basisPoints: 1_000 }

describe('until the owner says how much', () => {
  it('nobody but owners gives a discount', async () => {
    expect((await desk('GET /discount-settings')).body).toEqual({ limits: {}, reasons: [], version: 0 })
    const id = await visit()
    expect((await give(desk, id, { basisPoints: 1 })).problem).toMatchObject({ code: 'discount_over_limit', params: { percent: 0 } })
    expect((await give(owner, id, tenth)).body).toMatchObject({ totalAgorot: 16_200 })
    expect((await give(assistant, id, tenth)).status).toBe(403)
    expect((await desk('PUT /discount-settings', { body: { limits: {}, reasons: [], version: 0 } })).status).toBe(403)
  }, 60_000) // the first to call: all there is to compile is compiled in it
})

describe('with limits by role', () => {
  beforeAll(async () => {
    const body = { limits: { receptionist: 1_000, doctor: 2_000 }, reasons: ['קרוב משפחה', ' קרוב משפחה ', 'פיצוי'], version: 0 }
    expect((await owner('PUT /discount-settings', { body })).body).toEqual({ ...body, reasons: ['קרוב משפחה', 'פיצוי'], version: 1 })
    expect((await owner('PUT /discount-settings', { body })).problem.code).toBe('stale_version')
  })

  it('each gives up to the own one, and the line says what, why and by whom', async () => {
    const id = await visit()
    expect((await give(desk, id, tenth)).body).toMatchObject({ totalAgorot: 16_200, lines: [{ procedureId: null, unitPriceAgorot: 18_000, discountAgorot: 1_800, totalAgorot: 16_200 }] })
    expect((await give(desk, id, { basisPoints: 5_000 })).problem).toMatchObject({ code: 'discount_over_limit', params: { percent: 10 } })
    expect((await give(desk, id, { agorot: 1_801 })).problem.code).toBe('discount_over_limit')
    expect((await give(doctor, id, { basisPoints: 2_001 })).problem).toMatchObject({ params: { percent: 20 } })
    expect((await bill(id)).lines).toMatchObject([{ discount: { basisPoints: 1_000, reason: 'קרוב משפחה', by: hadar.staff.receptionist.name, at: castNow.toString() } }])
    expect((await give(owner, id, { agorot: 9_000 }, null, ' פיצוי ')).status).toBe(200)
    expect(await bill(id)).toMatchObject({ totalAgorot: 9_000, balanceAgorot: 9_000, lines: [{ discount: { basisPoints: null, reason: 'פיצוי', by: hadar.staff.owner.name } }] })
    expect((await give(desk, id, null)).body).toMatchObject({ totalAgorot: 18_000, lines: [{ discountAgorot: 0, discount: null }] })
    const trail = await api.database.db.selectFrom('event').select(['name', 'details', 'actor_id']).where('subject_id', '=', id).where('name', 'like', 'discount.%').orderBy('seq').execute()
    expect(trail.map(({ name, details, actor_id: by }) => [name, (details as { agorot?: number }).agorot, by])).toEqual([
      ['discount.given', 1_800, hadar.staff.receptionist.id], ['discount.given', 9_000, hadar.staff.owner.id], ['discount.withdrawn', 9_000, hadar.staff.receptionist.id],
    ])
  })

  it('nobody takes off more than the line, nor a line that is not there, nor one of another branch or clinic', async () => {
    const id = await visit()
    expect((await give(owner, id, { agorot: 18_001 })).problem.code).toBe('discount_exceeds_line')
    expect((await give(owner, id, tenth, null, ' ')).problem.code).toBe('malformed')
    expect((await give(owner, id, tenth, uuid())).problem.code).toBe('reference_unknown')
    expect((await give(north, id, tenth)).status).toBe(403)
    expect((await give(other, id, tenth)).status).toBe(404)
    expect((await give(owner, uuid(), tenth)).status).toBe(404)
    expect(await bill(id)).toMatchObject({ totalAgorot: 18_000 })
  })

  it('a line of what was done keeps its discount while pieces are counted anew, and no larger part of it', async () => {
    const id = await visit()
    const { encounterId, version, procedures, filling } = await treated(id)
    expect((await give(desk, id, tenth, null)).problem.code).toBe('reference_unknown') // the price of its kind is not the bill any more
    expect((await give(desk, id, { agorot: 9_000 }, filling)).body).toMatchObject({ totalAgorot: 99_000 })
    const fewer = procedures.map((one) => (one.id === filling ? { ...one, quantity: 1 } : one))
    const written = (await doctor('PUT /encounters/:id/procedures', { params: { id: encounterId }, body: { version, procedures: fewer } })).body
    expect(written.procedures.find((one) => one.id === filling)).toMatchObject({ quantity: 1, discountAgorot: 4_500, discountReason: 'קרוב משפחה' })
    expect(await bill(id)).toMatchObject({ totalAgorot: 58_500 })
    const replaced = [{ id: filling, priceItemId: hadar.prices.cleaning, quantity: 1 }]
    await doctor('PUT /encounters/:id/procedures', { params: { id: encounterId }, body: { version: version + 1, procedures: replaced } })
    expect((await bill(id)).lines).toMatchObject([{ unitPriceAgorot: 32_000, discountAgorot: 0, discount: null }])
  })

  it('more pieces do not multiply what somebody else gave: they get no more agorot, unless whoever counts them may give the part', async () => {
    const id = await visit()
    const { encounterId, version, procedures, filling, exam } = await treated(id, 1)
    expect((await give(owner, id, { basisPoints: 10_000 }, filling)).status).toBe(200)
    expect((await give(desk, id, tenth, exam)).status).toBe(200)
    const body = { version, procedures: procedures.map((one) => ({ ...one, quantity: 20 })) }
    const written = (await doctor('PUT /encounters/:id/procedures', { params: { id: encounterId }, body })).body
    expect(written.procedures.find((one) => one.id === filling)).toMatchObject({ quantity: 20, discountAgorot: 45_000, discountBasisPoints: null })
    expect(written.procedures.find((one) => one.id === exam)).toMatchObject({ quantity: 20, discountAgorot: 36_000, discountBasisPoints: 1_000 })
    const { totalAgorot, lines } = await bill(id)
    expect(totalAgorot).toBe(19 * 45_000 + 20 * 16_200)
    expect(lines.find((line) => line.procedureId === filling)?.discount).toMatchObject({ by: hadar.staff.owner.name, basisPoints: null })
    expect(lines.find((line) => line.procedureId === exam)?.discount).toMatchObject({ by: hadar.staff.doctor.name, basisPoints: 1_000 })
  })

  it('a dearer kind of visit does not multiply a part either', async () => {
    const id = await visit()
    expect((await give(owner, id, { basisPoints: 10_000 })).body).toMatchObject({ totalAgorot: 0 })
    const price = (agorot: number) => api.database.db.updateTable('price_item').set({ price_agorot: agorot }).where('id', '=', hadar.prices.exam).execute()
    await price(100_000)
    expect(await bill(id)).toMatchObject({ totalAgorot: 82_000, lines: [{ discountAgorot: 18_000, discount: { basisPoints: null } }] })
    await price(18_000)
    expect(await bill(id)).toMatchObject({ totalAgorot: 0, lines: [{ discount: { basisPoints: 10_000 } }] })
  })

  it('a visit that gets a cheaper kind keeps the part that was given, not the sum', async () => {
    const id = await visit()
    expect((await give(desk, id, { agorot: 1_800 })).status).toBe(200)
    const price = (agorot: number) => api.database.db.updateTable('price_item').set({ price_agorot: agorot }).where('id', '=', hadar.prices.exam).execute()
    await price(2_000)
    expect(await bill(id)).toMatchObject({ totalAgorot: 1_800, lines: [{ discountAgorot: 200 }] })
    await price(36_000)
    expect(await bill(id)).toMatchObject({ totalAgorot: 34_200 })
    await price(18_000)
  })

  it('it is refused on the price of a kind while an encounter is being opened that takes its place', async () => {
    const id = await visit()
    const waiting = async () => (await api.database.ownerPool.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rowCount
    const holder = await api.database.ownerPool.connect()
    try {
      await holder.query('begin')
      await holder.query('select from appointment where id = $1 for no key update', [id])
      const opened = doctor('POST /encounters', { body: { id: uuid(), appointmentId: id } })
      await expect.poll(waiting, { timeout: 30_000 }).toBe(1)
      const given = give(owner, id, tenth)
      await expect.poll(waiting, { timeout: 30_000 }).toBe(2)
      await holder.query('commit')
      expect([(await opened).status, (await given).problem.code]).toEqual([201, 'reference_unknown'])
    } finally {
      holder.release(true) // whatever it still holds ends with it
    }
    expect(await api.database.db.selectFrom('visit_discount').selectAll().where('appointment_id', '=', id).execute()).toEqual([])
  }, 90_000)

  it('it is given at once with what the doctor writes, and neither is lost', async () => {
    const id = await visit()
    const { encounterId, version, procedures, exam } = await treated(id)
    const more = [...procedures, { id: uuid(), priceItemId: hadar.prices.cleaning, quantity: 1 }]
    const [given, written] = await Promise.all([give(desk, id, tenth, exam), doctor('PUT /encounters/:id/procedures', { params: { id: encounterId }, body: { version, procedures: more } })])
    expect([given.status, written.status]).toEqual([200, 200])
    expect(await bill(id)).toMatchObject({ totalAgorot: 90_000 + 16_200 + 32_000 })
  })

  it('the document tells price, discount and total of each line, and nothing changes it afterwards', async () => {
    const id = await visit()
    const { encounterId, filling } = await treated(id)
    await give(desk, id, tenth, filling)
    const { seq } = (await doctor('PUT /encounters/:id/draft', { params: { id: encounterId }, body: { baseSeq: 0, body: 'סתימות' } })).body
    expect((await doctor('POST /encounters/:id/signature', { params: { id: encounterId }, body: { seq } })).status).toBe(201)
    await completeAppointment(castContext(api.cast, hadar, 'doctor', api.database.apiPool), id)
    const document = await issue(id)
    expect(document).toMatchObject({ kind: '300', totalAgorot: 99_000, balanceAgorot: 99_000 })
    expect(document.lines.map(({ unitPriceAgorot, quantity, discountAgorot, totalAgorot }) => [unitPriceAgorot, quantity, discountAgorot, totalAgorot]).toSorted()).toEqual([[18_000, 1, 0, 18_000], [45_000, 2, 9_000, 81_000]])
    expect((await give(owner, id, { basisPoints: 5_000 }, filling)).problem.code).toBe('already_billed')
    expect((await give(owner, id, null, filling)).problem.code).toBe('already_billed')

    const { receipt } = (await desk('POST /payments', { body: { id: uuid(), invoiceId: document.id, method: 'card', amountAgorot: 99_000 } })).body
    const paid = (await desk('GET /invoices/:id', { params: { id: receipt?.id ?? '' } })).body
    expect(paid).toMatchObject({ kind: '320', totalAgorot: 99_000 })
    expect(paid.lines.map(({ discountAgorot }) => discountAgorot).toSorted()).toEqual([0, 9_000])

    const line = paid.lines.find(({ discountAgorot }) => discountAgorot > 0)?.line ?? 0
    const credit = (part: { rest: true } | { lines: { line: number; quantity: number }[] }) => accountant('POST /invoices/:id/credits', { params: { id: paid.id }, body: { id: uuid(), reason: 'תיקון', part } })
    expect((await credit({ lines: [{ line, quantity: 1 }] })).body).toMatchObject({ totalAgorot: 40_500, lines: [{ unitPriceAgorot: 45_000, discountAgorot: 4_500, totalAgorot: 40_500 }] })
    expect((await credit({ rest: true })).body).toMatchObject({ kind: '330', totalAgorot: 58_500 })
    // Credited whole it is billed anew, and until then its lines are open again.
    expect((await give(owner, id, { basisPoints: 5_000 }, filling)).status).toBe(200)
    expect((await desk('POST /appointments/:id/billings', { params: { id }, body: { id: uuid() } })).body).toMatchObject({ kind: '300', totalAgorot: 45_000 + 18_000 })
    expect((await give(owner, id, null, filling)).problem.code).toBe('already_billed')
  })

  it('takes nothing below what was paid, and what is paid then is the whole of it', async () => {
    const id = await visit({ over: true })
    const pay = (amountAgorot: number) => desk('POST /payments', { body: { id: uuid(), appointmentId: id, method: 'card', amountAgorot } })
    expect((await pay(17_000)).status).toBe(201)
    expect((await give(desk, id, tenth)).problem.code).toBe('discount_below_paid')
    expect((await give(desk, id, { basisPoints: 500 })).status).toBe(200)
    expect((await pay(101)).problem.code).toBe('payment_exceeds_balance')
    expect((await pay(100)).status).toBe(201)
    expect(await issue(id)).toMatchObject({ kind: '320', totalAgorot: 17_100, vatAgorot: 2_608, lines: [{ discountAgorot: 900 }] })
  })

  it('is refused in a closed month, as whatever has a date in it', async () => {
    const october = instant('2026-10-20T08:00:00Z')
    api.setNow(october)
    const [plain, noted] = [await visit({ at: october, over: true }), await visit({ at: october })]
    const { filling } = await treated(noted)
    expect([(await give(desk, plain, tenth)).status, (await give(desk, noted, tenth, filling)).status]).toEqual([200, 200])
    api.setNow(castNow)
    expect((await owner('POST /months/:month/closing', { params: { month: '2026-10' }, body: { id: uuid(), reason: 'ניסיון' } })).status).toBe(201)
    for (const [id, line] of [[plain, null], [noted, filling]] as const) {
      expect((await give(owner, id, tenth, line)).problem).toMatchObject({ code: 'month_closed', params: { month: '10/2026' } })
      expect((await give(owner, id, null, line)).problem.code).toBe('month_closed')
    }
    expect((await bill(plain)).totalAgorot).toBe(16_200)
  })
})
