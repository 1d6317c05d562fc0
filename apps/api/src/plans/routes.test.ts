import { v7 as uuid } from 'uuid'
import type { TreatmentPlan } from '@yoman/contract/plans'
import type { Inputs } from '@yoman/contract/routes'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const doctor = await api.as(hadar.staff.doctor)
const hygienist = await api.as(hadar.staff.hygienist)
const assistant = await api.as(hadar.staff.assistant)
const desk = await api.as(hadar.staff.receptionist)
const accountant = await api.as(hadar.staff.accountant)
await api.database.ownerPool.query('update staff_role set branch_id = $1 where staff_id = $2', [hadar.branches.north, hadar.staff.otherDoctor.id])
const north = await api.as(hadar.staff.otherDoctor)
const stranger = await api.as(thames.staff.doctor)

const { exam, cleaning, filling } = hadar.prices
type Content = Inputs['PUT /treatment-plans/:id']['body']
type Phase = Content['phases'][number]

const begin = async (patientId = hadar.patients.sara) => (await doctor('POST /treatment-plans', { body: { id: uuid(), patientId, branchId: hadar.branches.center, title: 'שיקום צד שמאל' } })).body
const item = (priceItemId: string, more: Partial<Phase['items'][number]> = {}): Phase['items'][number] => ({ id: uuid(), priceItemId, quantity: 1, ...more })
const phase = (items: Phase['items'], more: Partial<Phase> = {}): Phase => ({ id: uuid(), title: '', visitTypeId: hadar.visitTypes.checkUp, practitionerId: hadar.practitioners.doctor, items, ...more })
const write = (plan: TreatmentPlan, phases: Phase[], remarks = '') => doctor('PUT /treatment-plans/:id', { params: { id: plan.id }, body: { version: plan.version, title: plan.title, remarks, phases } })
const step = (as: typeof doctor, plan: TreatmentPlan, to: Inputs['POST /treatment-plans/:id/steps']['body']['to'], reason?: string) => as('POST /treatment-plans/:id/steps', { params: { id: plan.id }, body: { version: plan.version, to, ...(reason === undefined ? {} : { reason }) } })
const offered = async (phases: Phase[], patientId?: string, remarks?: string) => (await step(doctor, (await write(await begin(patientId), phases, remarks)).body, 'offered')).body
const hand = [Array.from({ length: 20 }, (_, at) => [at * 40, 100 + (at % 5) * 30])]
const shown = async (plan: TreatmentPlan, language: 'he' | 'ru' = 'he') => (await desk('GET /treatment-plans/:id/shown', { params: { id: plan.id }, query: { language } })).body
type Acceptance = Inputs['POST /treatment-plans/:id/acceptance']['body']
const sign = async (plan: TreatmentPlan, given: Partial<Acceptance> = {}, as = desk) =>
  as('POST /treatment-plans/:id/acceptance', { params: { id: plan.id }, body: { id: uuid(), attachmentId: uuid(), language: 'he', hash: (await shown(plan)).hash, name: 'שרה לוי', signer: 'patient', strokes: hand, ...given } })
const accepted = async (phases: Phase[], patientId?: string) => (await sign(await offered(phases, patientId))).body
const reread = async (id: string, as = doctor) => (await as('GET /treatment-plans/:id', { params: { id } })).body
const waiting = async () => (await desk('GET /agreed-phases')).body.items
const eventsOf = async (id: string) => (await api.database.db.selectFrom('event').select('name').where('subject_id', '=', id).orderBy('seq').execute()).map(({ name }) => name)

/** A signed visit in which this was done. */
async function treat(patientId: string, done: { priceItemId: string; tooth?: string; surfaces?: string; quantity?: number }[]): Promise<void> {
  const id = uuid()
  await api.database.ownerPool.query(`insert into encounter (clinic_id, id, patient_id, practitioner_id, branch_id, started_at) values ($1, $2, $3, $4, $5, '2026-11-22T07:00:00Z')`, [hadar.id, id, patientId, hadar.practitioners.doctor, hadar.branches.center])
  await doctor('PUT /encounters/:id/procedures', { params: { id }, body: { version: 1, procedures: done.map((one) => ({ id: uuid(), quantity: 1, ...one })) } })
  const { body } = await doctor('PUT /encounters/:id/draft', { params: { id }, body: { baseSeq: 0, body: 'טופל' } })
  expect((await doctor('POST /encounters/:id/signature', { params: { id }, body: { seq: body.seq } })).status).toBe(201)
}

describe('a draft', () => {
  test('has phases of items at the list’s prices or an estimate, and adds them up', async () => {
    const plan = await begin()
    expect(plan).toMatchObject({ status: 'draft', edition: 1, phases: [{ items: [] }], writtenBy: { staffId: hadar.staff.doctor.id } })
    const { status, body } = await write(plan, [phase([item(filling, { tooth: '36', surfaces: 'do', quantity: 2 }), item(exam)], { title: 'דחוף', minutes: 40 }), phase([item(cleaning, { estimate: { leastAgorot: 30_000, mostAgorot: 50_000 } })])])
    expect(status).toBe(200)
    expect(body.phases.map(({ title, minutes, total, items }) => [title, minutes, total, items.map(({ description, tooth, surfaces, estimated }) => [description, tooth, surfaces, estimated])])).toEqual([
      ['דחוף', 40, { leastAgorot: 108_000, mostAgorot: 108_000 }, [[expect.any(String), '36', 'OD', false], [expect.any(String), null, '', false]]],
      ['', null, { leastAgorot: 30_000, mostAgorot: 50_000 }, [[expect.any(String), null, '', true]]],
    ])
    expect(body.total).toEqual({ leastAgorot: 138_000, mostAgorot: 158_000 })
    expect((await doctor('GET /treatment-plans', { query: { patientId: hadar.patients.sara } })).body.items.map(({ id }) => id)).toContain(plan.id)
  })

  test('keeps the price that was written down when the list changes', async () => {
    const owner = await api.as(hadar.staff.owner)
    const id = uuid()
    const fields = { code: 'KEEP1', name: 'ציפוי', nameEn: '', priceAgorot: 100_000 }
    await owner('POST /price-items', { body: { id, ...fields } })
    const first = item(id)
    const { body } = await write(await begin(), [phase([first])])
    await owner('PUT /price-items/:id', { params: { id }, body: { version: 1, ...fields, priceAgorot: 150_000, active: true } })
    const { body: again } = await write(body, [phase([first, item(id)])])
    expect(again.phases[0]?.items.map(({ mostAgorot }) => mostAgorot)).toEqual([100_000, 150_000])
  })

  test('is refused what cannot be', async () => {
    const plan = await begin()
    expect((await write(plan, [phase([item(filling, { tooth: '18', surfaces: 'M', estimate: { leastAgorot: 5, mostAgorot: 4 } })])])).problem.code).toBe('plan_estimate_invalid')
    expect((await write(plan, [phase([item(filling, { tooth: '56' })])])).problem.code).toBe('tooth_unknown')
    expect((await write(plan, [phase([item(filling, { surfaces: 'M' })])])).problem.code).toBe('surface_unknown')
    expect((await write(plan, [phase([item(thames.prices.filling)])])).problem.code).toBe('reference_unknown')
    expect((await write(plan, [phase([], { visitTypeId: thames.visitTypes.talk })])).problem.code).toBe('reference_unknown')
    const note = async (patientId: string, state: 'planned' | 'existing') => (await doctor('POST /patients/:id/tooth-findings', { params: { id: patientId }, body: { id: uuid(), tooth: '46', kind: 'filling', state, surfaces: 'O' } })).body.id
    for (const findingId of [await note(hadar.patients.olga, 'planned'), await note(hadar.patients.sara, 'existing'), uuid()]) expect((await write(plan, [phase([item(filling, { tooth: '46', findingId })])])).problem.code).toBe('reference_unknown')
    const other = await begin()
    expect((await write(plan, [phase([], { id: other.phases[0]?.id ?? '' })])).problem.code).toBe('id_taken')
    expect((await step(doctor, plan, 'offered')).problem.code).toBe('plan_empty')
    const { body } = await write(plan, [phase([item(exam)])])
    expect((await write(plan, [phase([item(exam)])])).problem).toMatchObject({ code: 'stale_version', params: { current: body.version } })
    expect((await doctor('POST /treatment-plans', { body: { id: uuid(), patientId: thames.patients.sara, branchId: hadar.branches.center, title: 'א' } })).problem.code).toBe('reference_unknown')
    expect((await doctor('POST /treatment-plans', { body: { id: plan.id, patientId: hadar.patients.olga, branchId: hadar.branches.center, title: 'א' } })).problem.code).toBe('id_taken')
  })

  test('is the work of those who treat; the desk reads prices and no remarks, another clinic nothing', async () => {
    const plan = await offered([phase([item(exam)])], undefined, 'חשד לברוקסיזם')
    expect((await reread(plan.id, hygienist)).remarks).toBe('חשד לברוקסיזם')
    const seen = await desk('GET /treatment-plans', { query: { patientId: hadar.patients.sara } })
    expect(seen.body.items.find(({ id }) => id === plan.id)).toMatchObject({ remarks: null, total: { mostAgorot: 18_000 } })
    expect(seen.raw.payload).not.toContain('ברוקסיזם')
    expect((await desk('POST /treatment-plans', { body: { id: uuid(), patientId: hadar.patients.sara, branchId: hadar.branches.center, title: 'א' } })).status).toBe(403)
    expect((await step(assistant, plan, 'draft')).status).toBe(403)
    for (const [branchId, status] of [[hadar.branches.center, 403], [hadar.branches.north, 201]] as const) {
      expect((await north('POST /treatment-plans', { body: { id: uuid(), patientId: hadar.patients.sara, branchId, title: 'א' } })).status).toBe(status)
    }
    expect((await accountant('GET /treatment-plans', { query: { patientId: hadar.patients.sara } })).status).toBe(403)
    expect((await stranger('GET /treatment-plans/:id', { params: { id: plan.id } })).status).toBe(404)
    expect((await stranger('GET /treatment-plans', { query: { patientId: hadar.patients.sara } })).status).toBe(404)
    expect((await stranger('GET /treatment-plans/:id/pdf', { params: { id: plan.id } })).status).toBe(404)
    expect((await sign(plan, {}, stranger)).status).toBe(404)
    expect((await step(stranger, plan, 'closed', 'כך')).status).toBe(404)
  })
})

describe('an answer', () => {
  test('is a signature on the very words that were shown, sealed, with its paper in the record', async () => {
    const plan = await offered([phase([item(filling, { tooth: '36' })], { title: 'דחוף' })])
    const given = { id: uuid(), attachmentId: uuid() }
    const { status, body } = await sign(plan, given)
    expect([status, body.status, body.signature]).toEqual([201, 'accepted', expect.objectContaining({ name: 'שרה לוי', signer: 'patient', method: 'drawn', language: 'he', witness: hadar.staff.receptionist.name, filed: true, attachmentId: given.attachmentId })])
    expect(await sign(plan, given)).toMatchObject({ status: 201, body: { signature: body.signature } })
    expect((await sign(plan)).problem.code).toBe('plan_already_answered')
    const papers = (await doctor('GET /patients/:id/attachments', { params: { id: hadar.patients.sara } })).body.items
    expect(papers.find(({ id }) => id === given.attachmentId)).toMatchObject({ kind: 'form', content: { title: 'שיקום צד שמאל', mediaType: 'application/pdf' } })
    const [filed, printed] = [await doctor('GET /attachments/:id/content', { params: { id: given.attachmentId } }), await desk('GET /treatment-plans/:id/pdf', { params: { id: plan.id } })]
    expect(printed.raw.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    expect(filed.raw.rawPayload.equals(printed.raw.rawPayload)).toBe(true)
    const { rows } = await api.database.ownerPool.query('select shown_sealed, signature_sealed from treatment_plan_signature where id = $1', [given.id])
    expect(JSON.stringify(rows).includes(Buffer.from('שרה').toString('hex'))).toBe(false)
    await expect(api.database.ownerPool.query('update treatment_plan_signature set signed_at = now() where id = $1', [given.id])).rejects.toThrow('append_only')
    expect(await eventsOf(plan.id)).toEqual(expect.arrayContaining(['plan.begun', 'plan.changed', 'plan.offered', 'plan.accepted', 'plan.read']))
  })

  test('is refused where the plan is not what was shown any more, or there is no hand', async () => {
    const plan = await offered([phase([item(filling)])])
    const { hash } = await shown(plan)
    expect((await shown(plan, 'ru')).hash).not.toBe(hash)
    expect((await sign(plan, { language: 'ru', hash })).problem.code).toBe('plan_changed')
    const { body: draft } = await step(doctor, plan, 'draft')
    expect((await sign(draft, { hash })).problem.code).toBe('plan_step_not_allowed')
    const { body: other } = await step(doctor, (await write(draft, [phase([item(exam)])])).body, 'offered')
    expect((await sign(other, { hash })).problem.code).toBe('plan_changed')
    expect((await sign(other, { strokes: [[[1, 1]]] })).problem.code).toBe('signature_missing')
    expect((await sign(other, { strokes: [hand[0]?.map(([x = 0]) => [x, 900]) ?? []] })).problem.code).toBe('signature_missing')
    expect((await sign(other, { name: ' ' })).problem.code).toBe('malformed')
    expect((await sign(other, { strokes: null, signer: 'guardian', name: 'דוד לוי' })).body.signature).toMatchObject({ method: 'typed', signer: 'guardian', name: 'דוד לוי' })
  })

  test('is given once, by two who sign at the same time too', async () => {
    const plan = await offered([phase([item(exam)])])
    const answers = await Promise.all([sign(plan), sign(plan), sign(plan)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
  })

  test('may be no, with the reason, and then a new edition', async () => {
    const plan = await offered([phase([item(exam)])])
    expect((await step(desk, plan, 'declined')).problem.code).toBe('plan_reason_missing')
    const { body } = await step(desk, plan, 'declined', 'יקר מדי')
    expect(body).toMatchObject({ status: 'declined', reason: 'יקר מדי' })
    expect((await sign(body)).problem.code).toBe('plan_step_not_allowed')
    const revision = { params: { id: plan.id }, body: { id: uuid() } }
    expect((await doctor('POST /treatment-plans/:id/revision', revision)).body).toMatchObject({ status: 'draft', edition: 2, replacesId: plan.id, phases: [{ items: [{ priceItemId: exam }] }] })
    expect((await doctor('POST /treatment-plans/:id/revision', revision)).status).toBe(201)
    expect((await doctor('POST /treatment-plans/:id/revision', { ...revision, body: { id: uuid() } })).problem.code).toBe('plan_being_revised')
  })
})

describe('a new edition', () => {
  test('leaves what was signed as it was, and takes its place and its orders when it is signed', async () => {
    const old = await accepted([phase([item(exam)], { title: 'ראשון' })], hadar.patients.olga)
    const before = await desk('GET /treatment-plans/:id/pdf', { params: { id: old.id } })
    const { body: order } = await desk('POST /agreed-phases/:id/order', { params: { id: old.phases[0]?.id ?? '' }, body: { id: uuid() } })
    const { body: draft } = await doctor('POST /treatment-plans/:id/revision', { params: { id: old.id }, body: { id: uuid() } })
    const [kept] = draft.phases
    const { body: changed } = await write(draft, [phase([item(cleaning)], { id: kept?.id ?? '', title: 'ראשון' })])
    expect((await write(old, [phase([])])).problem.code).toBe('plan_not_a_draft')
    expect((await reread(old.id)).status).toBe('accepted')
    const { body: anew } = await sign((await step(doctor, changed, 'offered')).body)
    expect([anew.status, (await reread(old.id)).status]).toEqual(['accepted', 'replaced'])
    expect((await desk('POST /agreed-phases/:id/order', { params: { id: anew.phases[0]?.id ?? '' }, body: { id: uuid() } })).body.id).toBe(order.id)
    expect((await desk('GET /treatment-plans/:id/pdf', { params: { id: old.id } })).raw.rawPayload.equals(before.raw.rawPayload)).toBe(true)
    expect((await waiting()).filter(({ patient }) => patient.id === hadar.patients.olga).map(({ planId }) => planId)).toEqual([anew.id])
    expect(await eventsOf(old.id)).toContain('plan.replaced')
  })
})

describe('what was agreed', () => {
  test('waits at the desk until it is booked, and again when the visit is cancelled', async () => {
    const plan = await accepted([phase([item(exam)], { title: 'ראשון', minutes: 20 }), phase([item(cleaning)], { visitTypeId: null })])
    const [first, second] = plan.phases
    const mine = async () => (await waiting()).filter(({ planId }) => planId === plan.id)
    expect(await mine()).toEqual([
      expect.objectContaining({ id: first?.id, waiting: 'never_booked', position: 1, phases: 2, mostAgorot: 18_000, patient: expect.objectContaining({ id: hadar.patients.sara, phone: '+972501234501' }) }),
      expect.objectContaining({ id: second?.id, waiting: 'never_booked' }),
    ])
    const ask = (phaseId = first?.id ?? '', more = {}) => desk('POST /agreed-phases/:id/order', { params: { id: phaseId }, body: { id: uuid(), ...more } })
    const [one, two] = await Promise.all([ask(), ask()])
    expect([one.status, two.body.id]).toEqual([201, one.body.id])
    expect(one.body).toMatchObject({ status: 'open', noteToDesk: 'שיקום צד שמאל: ראשון', steps: [{ durationMinutes: 20, practitionerId: hadar.practitioners.doctor }] })
    expect((await ask(second?.id)).problem.code).toBe('phase_needs_visit_type')
    expect((await ask(second?.id, { visitTypeId: thames.visitTypes.talk })).problem.code).toBe('reference_unknown')

    const { body: proposals } = await desk('POST /orders/:id/proposals', { params: { id: one.body.id }, body: { limit: 1 } })
    const visits = (proposals.chains[0]?.visits ?? []).map(({ step: number, practitionerId, placeId, startsAt }) => ({ appointmentId: uuid(), step: number, practitionerId, placeId, startsAt }))
    expect((await desk('POST /orders/:id/booking', { params: { id: one.body.id }, body: { version: one.body.version, visits } })).status).toBe(201)
    expect((await mine()).map(({ id }) => id)).toEqual([second?.id])
    expect((await reread(plan.id)).phases[0]).toMatchObject({ waiting: null, visits: [{ id: visits[0]?.appointmentId, status: 'booked' }] })
    expect((await ask()).problem.code).toBe('phase_not_waiting')

    await desk('POST /appointments/:id/cancellation', { params: { id: visits[0]?.appointmentId ?? '' }, body: { reason: 'other' } })
    expect((await mine()).map(({ id, waiting: why }) => [id, why])).toEqual([[first?.id, 'visit_cancelled'], [second?.id, 'never_booked']])
    expect((await ask()).body.id).toBe(one.body.id)
  })

  test('is set aside with a reason, and comes back', async () => {
    const plan = await accepted([phase([item(exam)])])
    const id = plan.phases[0]?.id ?? ''
    const aside = (reason: string, as = desk) => as('POST /agreed-phases/:id/setting-aside', { params: { id }, body: { reason } })
    expect((await aside(' ')).problem.code).toBe('plan_reason_missing')
    expect((await aside('יחזור אחרי החגים')).body.phases[0]).toMatchObject({ waiting: null, setAside: { by: hadar.staff.receptionist.id, reason: 'יחזור אחרי החגים' } })
    expect((await aside('שוב')).status).toBe(200)
    expect((await waiting()).map((one) => one.id)).not.toContain(id)
    expect((await desk('POST /agreed-phases/:id/return', { params: { id } })).body.phases[0]).toMatchObject({ waiting: 'never_booked', setAside: null })
    expect((await aside('כך', stranger)).status).toBe(404)
    expect((await stranger('POST /agreed-phases/:id/return', { params: { id } })).status).toBe(404)
    expect((await stranger('POST /agreed-phases/:id/order', { params: { id }, body: { id: uuid() } })).status).toBe(404)
    expect(await eventsOf(plan.id)).toEqual(expect.arrayContaining(['plan.set_aside', 'plan.returned']))
    await step(doctor, await reread(plan.id), 'closed', 'עבר לעיר אחרת')
    expect((await waiting()).map((one) => one.id)).not.toContain(id)
    expect((await aside('כך')).problem.code).toBe('phase_not_waiting')
  })

  test('is done when a signed visit did it, and the planned findings with it', async () => {
    const patientId = hadar.patients.ahmad
    const findingId = uuid()
    await doctor('POST /patients/:id/tooth-findings', { params: { id: patientId }, body: { id: findingId, tooth: '36', kind: 'filling', state: 'planned', surfaces: 'MO' } })
    const plan = await accepted([phase([item(filling, { tooth: '36', surfaces: 'MO', findingId }), item(exam)]), phase([item(cleaning, { quantity: 2 })])], patientId)
    const planned = async () => (await doctor('GET /patients/:id/teeth', { params: { id: patientId } })).body
    expect((await planned()).planned).toEqual([expect.objectContaining({ planId: plan.id, tooth: '36', surfaces: 'MO', agreed: true })])
    await treat(patientId, [{ priceItemId: filling, tooth: '36', surfaces: 'MOD' }, { priceItemId: cleaning }])
    const half = await reread(plan.id)
    expect(half.status).toBe('accepted')
    expect(half.phases.map(({ items }) => items.map(({ doneQuantity }) => doneQuantity))).toEqual([[1, 0], [1]])
    expect((await planned()).planned).toEqual([])
    expect((await planned()).findings.find(({ id }) => id === findingId)).toMatchObject({ endedAs: 'done' })
    await treat(patientId, [{ priceItemId: exam }, { priceItemId: cleaning, quantity: 3 }])
    expect(await reread(plan.id)).toMatchObject({ status: 'done', endedAt: expect.any(String) })
    expect(await eventsOf(plan.id)).toEqual(expect.arrayContaining(['plan.progressed', 'plan.done']))
    expect((await waiting()).map(({ planId }) => planId)).not.toContain(plan.id)
  })

  test('counts work from the day of the agreement on, once, and an edition that is being written learns of it', async () => {
    const patientId = hadar.patients.sara
    api.setNow(instant('2026-11-22T09:00:00Z'))
    await treat(patientId, [{ priceItemId: filling, tooth: '11' }])
    const plan = await accepted([phase([item(filling, { tooth: '11' })])], patientId)
    expect((await reread(plan.id)).phases[0]?.items[0]?.doneQuantity).toBe(0)
    const other = await accepted([phase([item(filling, { tooth: '11' })])], patientId)
    const { body: draft } = await doctor('POST /treatment-plans/:id/revision', { params: { id: plan.id }, body: { id: uuid() } })
    await treat(patientId, [{ priceItemId: filling, tooth: '11' }])
    expect([(await reread(plan.id)).status, (await reread(other.id)).status].sort()).toEqual(['accepted', 'done'])
    expect((await reread(draft.id)).phases[0]?.items[0]?.doneQuantity).toBe(1)
    const refused = (await step(doctor, await offered([phase([item(filling, { tooth: '12' })])], patientId), 'declined', 'יקר מדי')).body
    const { body: anew } = await doctor('POST /treatment-plans/:id/revision', { params: { id: refused.id }, body: { id: uuid() } })
    await treat(patientId, [{ priceItemId: filling, tooth: '12' }])
    expect((await reread(anew.id)).phases[0]?.items[0]?.doneQuantity).toBe(0) // nobody agreed to it: the work was of no plan
  })
})
