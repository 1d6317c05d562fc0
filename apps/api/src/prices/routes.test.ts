import { v7 as uuid } from 'uuid'
import type { Inputs } from '@yoman/contract/routes'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castNow } from '@yoman/testing/cast'
import { afterEach, describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const owner = await api.as(hadar.staff.owner)
const desk = await api.as(hadar.staff.receptionist)
const doctor = await api.as(hadar.staff.doctor)
const accountant = await api.as(hadar.staff.accountant)
const north = await api.as(hadar.staff.northReceptionist)
const stranger = await api.as(thames.staff.owner)

const { exam, filling } = hadar.prices
const { center, north: northBranch } = hadar.branches
type NewList = Inputs['POST /price-lists']['body']
const plain = (given: Partial<NewList> = {}): NewList => ({
  id: uuid(), name: 'מכבי', nameEn: 'Maccabi', branchId: null, practitionerIds: [], healthFund: '103', validFrom: null, validUntil: null, shareBasisPoints: null, roundToAgorot: 100,
  prices: [{ priceItemId: exam, priceAgorot: 12_000 }], ...given,
})
const made = async (given: Partial<NewList> = {}) => (await owner('POST /price-lists', { body: plain(given) })).body
const byMaccabi = { name: 'מכבי', nameEn: 'Maccabi' }

await api.database.ownerPool.query(`update patient set health_fund = '103' where clinic_id = $1 and id = $2`, [hadar.id, hadar.patients.sara])
let minutes = 0
/** A visit of the check-up's kind, with an encounter where it is asked for. */
async function visit(patientId: string, { day = '2026-11-22', encounter = true } = {}): Promise<{ appointmentId: string; encounterId: string }> {
  const [appointmentId, encounterId] = [uuid(), uuid()]
  const startsAt = instant(`${day}T06:00:00Z`).add({ minutes: (minutes += 5) }).toString()
  await api.database.ownerPool.query(
    `insert into appointment (clinic_id, id, branch_id, patient_id, practitioner_id, visit_type_id, starts_at, ends_at, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7::timestamptz, $7::timestamptz + interval '5 minutes', $8, $7)`,
    [hadar.id, appointmentId, center, patientId, hadar.practitioners.doctor, hadar.visitTypes.checkUp, startsAt, encounter ? 'in_treatment' : 'completed'],
  )
  if (encounter) await doctor('POST /encounters', { body: { id: encounterId, appointmentId } })
  return { appointmentId, encounterId }
}
const treat = (id: string, version: number, procedures: { id: string; priceItemId: string }[]) => doctor('PUT /encounters/:id/procedures', { params: { id }, body: { version, procedures: procedures.map((one) => ({ ...one, quantity: 1 })) } })
const billOf = async (id: string) => (await desk('GET /appointments/:id/bill', { params: { id } })).body

afterEach(async () => {
  api.setNow(castNow)
  await api.database.ownerPool.query('update price_list set active = false where clinic_id = $1', [hadar.id]) // no list of one test holds in the next
  await api.database.ownerPool.query('delete from price_change where clinic_id = $1', [hadar.id])
})

describe('price lists', () => {
  test('are made once, read by all, changed and put out of use by the owner alone', async () => {
    const body = plain({ branchId: center, practitionerIds: [hadar.practitioners.doctor], validFrom: '2026-11-01', validUntil: '2026-12-31', shareBasisPoints: 9_000 })
    const [first, again] = [await owner('POST /price-lists', { body }), await owner('POST /price-lists', { body })]
    expect([first.status, again.status]).toEqual([201, 201])
    expect(first.body).toEqual({ ...body, active: true, version: 1 })
    expect((await owner('POST /price-lists', { body: { ...body, name: 'אחר' } })).problem.code).toBe('id_taken')
    const { id, version: _version, active: _active, ...fields } = first.body
    const changed = await owner('PUT /price-lists/:id', { params: { id }, body: { ...fields, version: 1, prices: [], practitionerIds: [], active: false } })
    expect(changed.body).toMatchObject({ version: 2, prices: [], practitionerIds: [], active: false })
    expect((await owner('PUT /price-lists/:id', { params: { id }, body: { ...fields, version: 1, active: true } })).problem).toMatchObject({ code: 'stale_version', params: { current: 2 } })
    expect((await accountant('GET /price-lists')).body.items).toContainEqual(changed.body)
    expect((await desk('POST /price-lists', { body: plain() })).status).toBe(403)
    expect((await desk('PUT /price-lists/:id', { params: { id }, body: { ...fields, version: 2, active: true } })).status).toBe(403)
    const events = await api.database.db.selectFrom('event').select('name').where('subject_id', '=', id).execute()
    expect(events.map(({ name }) => name)).toEqual(['price_list.changed', 'price_list.changed'])
  })

  test('refuse what does not fit together, and what belongs to another clinic', async () => {
    const refused = async (given: Partial<NewList>) => (await owner('POST /price-lists', { body: plain(given) })).problem.code
    expect(await refused({ validFrom: '2026-12-02', validUntil: '2026-12-01' })).toBe('price_list_dates_wrong')
    expect(await refused({ prices: [{ priceItemId: exam, priceAgorot: 1 }, { priceItemId: exam, priceAgorot: 2 }] })).toBe('price_twice')
    expect(await refused({ branchId: thames.branches.center })).toBe('reference_unknown')
    expect(await refused({ practitionerIds: [thames.practitioners.doctor] })).toBe('reference_unknown')
    expect(await refused({ prices: [{ priceItemId: thames.prices.exam, priceAgorot: 1 }] })).toBe('reference_unknown')
    const { id, version, active: _active, ...fields } = await made()
    expect((await stranger('PUT /price-lists/:id', { params: { id }, body: { ...fields, version, active: false } })).status).toBe(404)
    expect((await stranger('GET /price-lists')).body.items).toEqual([])
  })
})

describe('the base price', () => {
  test('changes on a day that is entered before it, and the visit’s day in its branch counts', async () => {
    const { version, id, code, name, nameEn, priceAgorot, active } = (await owner('GET /settings')).body.priceItems.find((one) => one.id === exam) ?? expect.fail('the item is there')
    const change = { version, code, name, nameEn, priceAgorot, active, changes: [{ from: '2026-11-23', priceAgorot: 20_000 }] }
    expect((await owner('PUT /price-items/:id', { params: { id }, body: change })).body.changes).toEqual(change.changes)
    expect((await owner('PUT /price-items/:id', { params: { id }, body: { ...change, version: version + 1, changes: [...change.changes, ...change.changes] } })).problem.code).toBe('price_twice')
    const { changes: _changes, ...without } = change
    expect((await owner('PUT /price-items/:id', { params: { id }, body: { ...without, version: version + 1 } })).body.changes).toEqual(change.changes)
    const before = await visit(hadar.patients.ahmad, { encounter: false })
    const after = await visit(hadar.patients.ahmad, { encounter: false, day: '2026-11-23' })
    expect((await billOf(before.appointmentId)).lines).toMatchObject([{ unitPriceAgorot: 18_000, priceBy: null }])
    expect((await billOf(after.appointmentId)).lines).toMatchObject([{ unitPriceAgorot: 20_000, priceBy: { listId: null, from: '2026-11-23' } }])
    // 22:30 UTC of the 22nd is the 23rd in Jerusalem.
    await api.database.ownerPool.query(`update appointment set starts_at = '2026-11-22T22:30:00Z', ends_at = '2026-11-22T22:35:00Z' where id = $1`, [before.appointmentId])
    expect((await billOf(before.appointmentId)).totalAgorot).toBe(20_000)
  })
})

describe('all prices at once', () => {
  test('are raised from a day on, rounded, once however often it is asked for; the owner’s to do', async () => {
    const body = { from: '2026-12-01', basisPoints: 350, roundToAgorot: 500 as const }
    expect((await desk('POST /price-raises', { body })).status).toBe(403)
    expect((await owner('POST /price-raises', { body })).body).toEqual({ items: 3 }) // 186.30, 331.20 and 465.75; nothing stays nothing
    expect((await owner('POST /price-raises', { body })).body).toEqual({ items: 0 })
    expect((await owner('POST /price-raises', { body: { ...body, basisPoints: 0, roundToAgorot: 1 } })).body).toEqual({ items: 3 }) // nothing more: the change of that day is gone
    expect((await owner('POST /price-raises', { body })).body).toEqual({ items: 3 })
    const changes = async () => (await owner('GET /settings')).body.priceItems.map(({ code, changes: dated }) => [code, dated])
    expect(await changes()).toEqual([['D0120', [{ from: '2026-12-01', priceAgorot: 18_500 }]], ['D1110', [{ from: '2026-12-01', priceAgorot: 33_000 }]], ['D2391', [{ from: '2026-12-01', priceAgorot: 46_500 }]], ['D9430', []]])
    expect((await owner('POST /price-raises', { body: { ...body, from: '2027-12-01', basisPoints: -1_000, roundToAgorot: 1 } })).body).toEqual({ items: 3 })
    expect((await changes())[0]).toEqual(['D0120', [{ from: '2026-12-01', priceAgorot: 18_500 }, { from: '2027-12-01', priceAgorot: 16_650 }]])
  })
})

describe('the price that is proposed', () => {
  test('in the room is that of the patient’s fund; what is written down keeps its price and says why', async () => {
    const list = await made({ validFrom: '2026-11-01' })
    const { appointmentId, encounterId } = await visit(hadar.patients.sara)
    const prices = (await doctor('GET /encounters/:id/prices', { params: { id: encounterId } })).body
    expect(prices.on).toBe('2026-11-22')
    expect(prices.items.find(({ priceItemId }) => priceItemId === exam)).toEqual({ priceItemId: exam, priceAgorot: 12_000, by: { listId: list.id, ...byMaccabi, from: '2026-11-01' } })
    expect(prices.items.find(({ priceItemId }) => priceItemId === filling)).toEqual({ priceItemId: filling, priceAgorot: 45_000, by: null })
    const done = { id: uuid(), priceItemId: exam }
    const written = (await treat(encounterId, 1, [done])).body
    expect(written.procedures).toMatchObject([{ unitPriceAgorot: 12_000, priceBy: { listId: list.id, ...byMaccabi, from: '2026-11-01' } }])

    const { id, version, active: _active, ...fields } = list
    await owner('PUT /price-lists/:id', { params: { id }, body: { ...fields, version, name: 'מכבי חדש', active: true, prices: [{ priceItemId: exam, priceAgorot: 13_000 }] } })
    const more = (await treat(encounterId, written.version, [done, { id: uuid(), priceItemId: exam }])).body
    expect(more.procedures.map(({ unitPriceAgorot, priceBy }) => [unitPriceAgorot, priceBy?.name])).toEqual([[12_000, 'מכבי'], [13_000, 'מכבי חדש']])
    expect((await billOf(appointmentId)).lines.map(({ unitPriceAgorot, priceBy }) => [unitPriceAgorot, priceBy?.name])).toEqual([[12_000, 'מכבי'], [13_000, 'מכבי חדש']])
  })

  test('is another for a patient of another fund, and a share where the list says one', async () => {
    await made({ healthFund: null, branchId: center, prices: [], shareBasisPoints: 9_050 })
    const { encounterId } = await visit(hadar.patients.ahmad)
    expect((await treat(encounterId, 1, [{ id: uuid(), priceItemId: exam }, { id: uuid(), priceItemId: filling }])).body.procedures.map(({ unitPriceAgorot }) => unitPriceAgorot).toSorted()).toEqual([16_300, 40_700])
  })

  test('of a visit that nobody wrote about is on its bill, its document and the list of who left without paying', async () => {
    await made()
    const { appointmentId } = await visit(hadar.patients.sara, { encounter: false, day: '2026-11-24' })
    const unpaid = async () => (await desk('GET /unpaid-visits', { query: { branchId: center, date: '2026-11-24' } })).body.items.find((one) => one.appointmentId === appointmentId)?.totalAgorot
    api.setNow(instant('2026-11-25T08:00:00Z'))
    expect(await unpaid()).toBe(12_000)
    const before = (await desk('GET /debts', { query: {} })).body.notBilled
    expect((await desk('POST /appointments/:id/invoice', { params: { id: appointmentId } })).body).toMatchObject({ kind: '300', totalAgorot: 12_000, lines: [{ unitPriceAgorot: 12_000 }] })
    const after = (await desk('GET /debts', { query: {} })).body.notBilled
    expect([before.visits - after.visits, before.totalAgorot - after.totalAgorot]).toEqual([1, 12_000])
  })

  test('in a plan is that of the branch, the phase’s practitioner and the day; an item keeps it', async () => {
    await made({ healthFund: null, practitionerIds: [hadar.practitioners.doctor] })
    const plan = (await doctor('POST /treatment-plans', { body: { id: uuid(), patientId: hadar.patients.ahmad, branchId: center, title: 'שיקום' } })).body
    const [mine, anybodys] = [{ id: uuid(), priceItemId: exam, quantity: 1 }, { id: uuid(), priceItemId: exam, quantity: 1 }]
    const phases = [{ id: uuid(), title: '', practitionerId: hadar.practitioners.doctor, items: [mine] }, { id: uuid(), title: '', practitionerId: null, items: [anybodys] }]
    const write = async (version: number) => (await doctor('PUT /treatment-plans/:id', { params: { id: plan.id }, body: { version, title: 'שיקום', remarks: '', phases } })).body
    const written = await write(plan.version)
    expect(written.phases.map(({ items }) => items.map(({ leastAgorot, priceBy }) => [leastAgorot, priceBy?.name ?? null]))).toEqual([[[12_000, 'מכבי']], [[18_000, null]]])
    await api.database.ownerPool.query('update price_list set active = false where clinic_id = $1', [hadar.id])
    expect((await write(written.version)).phases[0]?.items).toMatchObject([{ leastAgorot: 12_000, priceBy: byMaccabi }])
  })

  test('is told of a patient for a branch, to whoever reads plans there', async () => {
    await made()
    const prices = (as: typeof desk, patientId: string, branchId = center) => as('GET /patients/:id/prices', { params: { id: patientId }, query: { branchId, practitionerId: hadar.practitioners.doctor } })
    const { body } = await prices(desk, hadar.patients.sara)
    expect(body.items.find(({ priceItemId }) => priceItemId === exam)).toMatchObject({ priceAgorot: 12_000, by: byMaccabi })
    expect((await prices(desk, hadar.patients.ahmad)).body.items.find(({ priceItemId }) => priceItemId === exam)?.priceAgorot).toBe(18_000)
    expect((await prices(accountant, hadar.patients.sara)).status).toBe(403)
    expect([(await prices(north, hadar.patients.sara)).status, (await prices(north, hadar.patients.sara, northBranch)).status]).toEqual([403, 200])
    expect((await prices(desk, thames.patients.sara)).status).toBe(404)
    expect((await stranger('GET /patients/:id/prices', { params: { id: hadar.patients.sara }, query: { branchId: center } })).status).toBe(404)
    expect((await desk('GET /encounters/:id/prices', { params: { id: uuid() } })).status).toBe(403)
    expect((await doctor('GET /encounters/:id/prices', { params: { id: uuid() } })).status).toBe(404)
  })
})
