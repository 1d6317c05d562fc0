import { v7 as uuid } from 'uuid'
import { ageing } from '@yoman/domain/debts/ageing'
import { type Instant, plainDate } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { beforeAll, describe, expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const [desk, owner, accountant, doctor, other] = await Promise.all([api.as(hadar.staff.receptionist), api.as(hadar.staff.owner), api.as(hadar.staff.accountant), api.as(hadar.staff.doctor), api.as(thames.staff.owner)])
const price = 18_000
const hours = (days: number) => ({ hours: 24 * days })
let minute = 0

/** A visit so many days ago, of the centre, that is over; @returns its id. */
async function visit(patientId: string, daysAgo: number): Promise<string> {
  const id = uuid()
  const at = castNow.subtract(hours(daysAgo))
  const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, at)
  await bookAppointment(ctx, {
    id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId,
    startsAt: at.add({ minutes: 60 + 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
  })
  await recordArrival(ctx, id)
  await startTreatment(ctx, id)
  await completeAppointment(ctx, id)
  return id
}

/** A transaction invoice (300) of 180 shekels that was written so many days ago. */
async function bill(patientId: string, daysAgo: number): Promise<string> {
  const id = await visit(patientId, daysAgo)
  return at(castNow.subtract(hours(daysAgo)), async () => {
    const { body } = await owner('POST /appointments/:id/invoice', { params: { id } })
    expect(body.kind).toBe('300')
    return body.id
  })
}

async function at<T>(now: Instant, work: () => Promise<T>): Promise<T> {
  api.setNow(now)
  try {
    return await work()
  } finally {
    api.setNow(castNow)
  }
}

const pay = async (invoiceId: string, amountAgorot: number) => expect((await desk('POST /payments', { body: { id: uuid(), invoiceId, method: 'card', amountAgorot } })).status).toBe(201)
const list = async (query: Record<string, string | number> = {}) => (await desk('GET /debts', { query })).body
const { sara, dan } = { sara: hadar.patients.sara, dan: Object.values(hadar.patients).find((id) => id !== hadar.patients.sara) ?? '' }

beforeAll(async () => {
  await bill(sara, 100)
  const half = await bill(sara, 31)
  await bill(dan, 0)
  await pay(half, 8_000)
})

describe('who owes', () => {
  it('stands in one row with sums by age, the longest due first, and the sums of the list below', async () => {
    const { items, totals, today } = await list()
    expect(today).toBe('2026-11-22')
    expect(items.map((one) => [one.patient.id, one.totalAgorot, one.documents, one.oldestDueOn])).toEqual([[sara, price + 10_000, 2, '2026-08-14'], [dan, price, 1, '2026-11-22']])
    expect(items[0]?.ageing).toEqual({ notDue: 0, to30: 0, to60: 10_000, to90: 0, over90: price })
    expect(totals).toEqual({ totalAgorot: 2 * price + 10_000, debtors: 2, documents: 3, ageing: { notDue: 0, to30: price, to60: 10_000, to90: 0, over90: price } })
  })

  it('agrees with the rule of the domain and with the documents behind each row', async () => {
    const { items, today } = await list()
    for (const { patient, totalAgorot, ageing: sums } of items) {
      const documents = (await desk('GET /debts/:patientId', { params: { patientId: patient.id } })).body.items
      expect(ageing(documents.map((one) => ({ dueOn: plainDate(one.dueOn), owed: one.owedAgorot })), plainDate(today))).toEqual(sums)
      expect(documents.reduce((sum, one) => sum + one.owedAgorot, 0)).toBe(totalAgorot)
      const unpaid = (await desk('GET /invoices', { query: { patientId: patient.id, unpaid: true } })).body.items
      expect(unpaid.map((one) => [one.id, one.balanceAgorot]).sort()).toEqual(documents.map((one) => [one.id, one.owedAgorot]).sort())
    }
  })

  it('is found by the age of a debt and by the branch that it was made in, and is paged without loss', async () => {
    expect((await list({ age: 'over90' })).items.map(({ patient }) => patient.id)).toEqual([sara])
    expect((await list({ age: 'to90' })).items).toEqual([])
    expect((await list({ branchId: hadar.branches.north })).totals).toMatchObject({ totalAgorot: 0, debtors: 0 })
    const first = await list({ limit: 1 })
    const second = await list({ limit: 1, cursor: first.next ?? '' })
    expect([first, second].flatMap(({ items }) => items.map(({ patient }) => patient.id))).toEqual([sara, dan])
    expect(second.next).toBeNull()
    expect(second.totals).toEqual(first.totals)
    expect((await desk('GET /debts', { query: { cursor: 'nonsense' } })).problem.code).toBe('cursor_invalid')
  })

  it('is nobody whose visit has no document yet: that is told beside the debts', async () => {
    const before = await list()
    await visit(dan, 3)
    const after = await list()
    expect(after.totals).toEqual(before.totals)
    expect(after.notBilled).toEqual({ visits: before.notBilled.visits + 1, totalAgorot: before.notBilled.totalAgorot + price })
  })

  it('leaves the list when all is paid', async () => {
    const paid = await bill(dan, 45)
    expect((await list({ age: 'to60' })).items.map(({ patient }) => patient.id)).toEqual([sara, dan])
    await pay(paid, price)
    expect((await list({ age: 'to60' })).items.map(({ patient }) => patient.id)).toEqual([sara])
  })

  it("is told to the desk and the books, to no doctor, and never another clinic's", async () => {
    expect((await accountant('GET /debts')).status).toBe(200)
    expect((await doctor('GET /debts')).status).toBe(403)
    expect((await doctor('GET /debts/:patientId', { params: { patientId: sara } })).status).toBe(403)
    expect((await other('GET /debts')).body.items).toEqual([])
    expect((await other('GET /debts/:patientId', { params: { patientId: sara } })).status).toBe(404)
  })
})

describe('the file of debts', () => {
  it('has the rows and sums of the list in shekels, and no cell that a spreadsheet runs', async () => {
    await api.database.db.updateTable('patient').set({ given_name: '=HYPERLINK("x")' }).where('id', '=', dan).execute()
    const { raw } = await desk('GET /debts/csv', { query: { language: 'en' } })
    expect(raw.headers['content-type']).toContain('text/csv')
    const lines = raw.body.replace('\ufeff', '').trim().split('\r\n')
    expect(lines[0]).toContain('Given name,Family name,Phone,Total')
    const { items } = await list()
    expect(lines).toHaveLength(items.length + 1)
    expect(lines[1]).toContain(',280.00,0.00,0.00,100.00,0.00,180.00,2,2026-08-14,')
    expect(lines[2]).toMatch(/^"'=HYPERLINK/)
    expect((await doctor('GET /debts/csv', { query: { language: 'he' } })).status).toBe(403)
    const told = await api.database.db.selectFrom('event').select('name').where('clinic_id', '=', hadar.id).where('name', '=', 'data.exported').execute()
    expect(told).toHaveLength(1)
  })
})

describe('a promise to pay', () => {
  const promise = (id: string, dueAt: string, patientId = sara) => desk('POST /debts/:patientId/promises', { params: { patientId }, body: { id, dueAt } })

  it('is a task of the desk, once, and stands in the row of the debt', async () => {
    const id = uuid()
    const { status, body } = await promise(id, '2026-11-29T14:00:00Z')
    expect([status, body.about, body.branchId, body.dueAt]).toEqual([201, 'promised_to_pay', hadar.branches.center, '2026-11-29T14:00:00Z'])
    expect((await promise(id, '2026-11-29T14:00:00Z')).body.version).toBe(body.version)
    expect((await list()).items[0]?.promise).toEqual({ taskId: id, dueAt: '2026-11-29T14:00:00Z' })
    expect((await promise(id, '2026-12-01T14:00:00Z')).problem.code).toBe('id_taken')
    // Put off: the same task, another day.
    expect((await promise(uuid(), '2026-12-06T14:00:00Z')).body).toMatchObject({ id, dueAt: '2026-12-06T14:00:00Z' })
    expect((await desk('GET /tasks', { query: { patientId: sara } })).body.items.filter(({ about }) => about === 'promised_to_pay')).toHaveLength(1)
    expect((await promise(id, '2026-11-29T14:00:00Z', dan)).problem.code).toBe('id_taken')
  })

  it('is one where several note it at once', async () => {
    const told = await Promise.all(['03', '04', '05', '06'].map((day) => promise(uuid(), `2026-12-${day}T14:00:00Z`, dan)))
    expect(told.map(({ status }) => status)).toEqual([201, 201, 201, 201])
    expect((await desk('GET /tasks', { query: { patientId: dan } })).body.items.filter(({ about }) => about === 'promised_to_pay')).toHaveLength(1)
  })

  it('is refused where nothing is owed, and to whoever does not see the books', async () => {
    const clean = Object.values(hadar.patients).find((one) => one !== sara && one !== dan) ?? ''
    expect((await promise(uuid(), '2026-11-29T14:00:00Z', clean)).problem.code).toBe('nothing_owed')
    expect((await promise(uuid(), '2026-11-29T14:00:00Z', uuid())).status).toBe(404)
    expect((await doctor('POST /debts/:patientId/promises', { params: { patientId: sara }, body: { id: uuid(), dueAt: '2026-11-29T14:00:00Z' } })).status).toBe(403)
    expect((await other('POST /debts/:patientId/promises', { params: { patientId: sara }, body: { id: uuid(), dueAt: '2026-11-29T14:00:00Z' } })).status).toBe(404)
  })

  it('is no promise any more when the task is closed', async () => {
    const open = (await list()).items[0]?.promise
    const task = (await desk('GET /tasks', { query: { patientId: sara } })).body.items.find(({ id }) => id === open?.taskId)
    expect((await desk('POST /tasks/:id/closing', { params: { id: task?.id ?? '' }, body: { version: task?.version ?? 0, status: 'broken' } })).status).toBe(200)
    expect((await list()).items[0]?.promise).toBeNull()
  })

  it('is kept by itself when nothing is owed any more, by whichever way, and not before', async () => {
    const payer = hadar.patients.olga
    const bills = [await bill(payer, 20), await bill(payer, 10)]
    const id = uuid()
    await promise(id, '2026-11-29T14:00:00Z', payer)
    const status = async () => (await desk('GET /tasks', { query: { patientId: payer } })).body.items.find((task) => task.id === id)?.status ?? 'closed'
    await pay(bills[0] ?? '', price)
    await pay(bills[1] ?? '', price - 1_000)
    expect(await status()).toBe('open')
    await pay(bills[1] ?? '', 1_000)
    expect(await status()).toBe('closed')
    expect(await api.database.db.selectFrom('task').select(['status', 'closed_by']).where('id', '=', id).executeTakeFirst()).toEqual({ status: 'kept', closed_by: hadar.staff.receptionist.id })
  })
})

describe('reminders of a debt', () => {
  const remind = (id: string, patientId = sara, who = desk) => who('POST /debts/:patientId/reminders', { params: { patientId }, body: { id } })

  it('are set by the owner, each step later than the one before, and by nobody over newer rules', async () => {
    const { body: rules } = await desk('GET /debt-settings')
    expect(rules).toMatchObject({ reminding: false, daysToPay: 0, version: 0, steps: [{ step: 1, way: 'sms' }, { step: 2, way: 'email' }, { step: 3, way: 'call' }] })
    expect((await desk('PUT /debt-settings', { body: rules })).status).toBe(403)
    expect((await owner('PUT /debt-settings', { body: { ...rules, steps: [{ step: 1, afterDays: 7, way: 'sms' }, { step: 2, afterDays: 7, way: 'call' }] } })).problem.code).toBe('debt_steps_order')
    const steps = [{ step: 1, afterDays: 5, way: 'sms' as const }, { step: 2, afterDays: 9, way: 'call' as const }]
    expect((await owner('PUT /debt-settings', { body: { ...rules, daysToPay: 10, steps } })).body).toMatchObject({ daysToPay: 10, steps, version: 1 })
    expect((await owner('PUT /debt-settings', { body: rules })).problem.code).toBe('stale_version')
    // A hundred and thirty-one days old, of one patient; the other has promised to pay: whom would the first step be about?
    const first = (daysToPay: number, afterDays: number, who = owner) => who('GET /debt-settings/first-reminders', { query: { daysToPay, afterDays } })
    expect([(await first(0, 0)).body, (await first(10, 30)).body, (await first(90, 11)).body]).toEqual([{ patients: 1, totalAgorot: 28_000 }, { patients: 1, totalAgorot: 18_000 }, { patients: 0, totalAgorot: 0 }])
    expect((await first(0, 0, desk)).status).toBe(403)
    expect((await list()).items[0]?.oldestDueOn).toBe('2026-08-24') // ten days to pay
  })

  it('are sent by hand, step by step about the oldest document, and stand in its row with what became of them', async () => {
    const id = uuid()
    const { status, body } = await remind(id)
    expect([status, body.reminders]).toEqual([201, [expect.objectContaining({ step: 1, way: 'sms', byHand: true, state: 'queued' })]])
    expect((await remind(id)).body.reminders).toHaveLength(1)
    expect((await remind(uuid())).body.reminders.map(({ way }) => way)).toEqual(['call', 'sms'])
    expect((await remind(id, dan)).problem.code).toBe('id_taken')
    expect((await desk('GET /invoices', { query: { patientId: sara, unpaid: true } })).body.items.map(({ mailing }) => mailing)).not.toContain('sending') // a reminder is no mail of the document
    for (let left = 0; left < 2; left += 1) await remind(uuid()) // the other document
    expect((await remind(uuid())).problem.code).toBe('debt_steps_done')
    expect((await doctor('POST /debts/:patientId/reminders', { params: { patientId: sara }, body: { id: uuid() } })).status).toBe(403)
  })

  it('stop for a patient until a day, with a reason, and go on when somebody says so', async () => {
    const pause = { id: uuid(), untilOn: '2026-12-31', reason: 'בבירור מול הביטוח' }
    expect((await desk('PUT /debts/:patientId/pause', { params: { patientId: dan }, body: pause })).body.pause).toEqual({ untilOn: pause.untilOn, reason: pause.reason })
    expect((await remind(uuid(), dan)).problem.code).toBe('debt_paused')
    expect((await desk('PUT /debts/:patientId/pause', { params: { patientId: sara }, body: pause })).problem.code).toBe('id_taken')
    expect((await desk('DELETE /debts/:patientId/pause', { params: { patientId: dan } })).body.pause).toBeNull()
    expect((await other('PUT /debts/:patientId/pause', { params: { patientId: dan }, body: { ...pause, id: uuid() } })).status).toBe(404)
  })
})

describe('a debt that is given up', () => {
  const payer = hadar.patients.noam
  const giveUp = (invoiceId: string, id = uuid(), who = owner, patientId = payer) => who('POST /debts/:patientId/write-offs', { params: { patientId }, body: { id, invoiceId, reason: 'לא ניתן לגבייה' } })
  const isListed = async () => (await list()).items.some(({ patient }) => patient.id === payer)

  it('is in no list and asked for by nobody, stands with its reason, and is asked for again when somebody says so', async () => {
    const [first, second] = [await bill(payer, 40), await bill(payer, 20)]
    await pay(first, 3_000)
    const id = uuid()
    const given = await giveUp(first, id)
    expect([given.status, given.body.items.map((one) => one.id)]).toEqual([201, [second]])
    expect(given.body.writtenOff).toMatchObject([{ invoiceId: first, owedAgorot: price - 3_000, reason: 'לא ניתן לגבייה', at: castNow.toString() }])
    expect((await giveUp(first, id)).body.writtenOff).toHaveLength(1)
    expect((await giveUp(first)).problem.code).toBe('nothing_owed')
    expect((await giveUp(second, id)).problem.code).toBe('id_taken')
    expect((await list()).writtenOff).toEqual({ documents: 1, totalAgorot: price - 3_000 })
    await giveUp(second)
    expect(await isListed()).toBe(false)
    expect((await desk('POST /debts/:patientId/reminders', { params: { patientId: payer }, body: { id: uuid() } })).problem.code).toBe('nothing_owed')
    expect((await owner('DELETE /debts/:patientId/write-offs/:invoiceId', { params: { patientId: payer, invoiceId: second } })).body.items.map((one) => one.id)).toEqual([second])
    expect(await isListed()).toBe(true)
    expect((await giveUp(second)).status).toBe(201) // and given up anew
  })

  it('takes money that comes all the same', async () => {
    const [first] = (await desk('GET /debts/:patientId', { params: { patientId: payer } })).body.writtenOff.filter(({ owedAgorot }) => owedAgorot === price)
    await pay(first?.invoiceId ?? '', price)
    expect((await desk('GET /invoices/:id', { params: { id: first?.invoiceId ?? '' } })).body.balanceAgorot).toBe(0)
    expect(await isListed()).toBe(false)
  })

  it('is no matter of who takes the money, of another patient or of another clinic', async () => {
    const id = await bill(payer, 5)
    expect((await giveUp(id, uuid(), desk)).status).toBe(403)
    expect((await giveUp(id, uuid(), other)).status).toBe(404)
    expect((await giveUp(id, uuid(), owner, sara)).status).toBe(404)
    expect((await owner('DELETE /debts/:patientId/write-offs/:invoiceId', { params: { patientId: sara, invoiceId: id } })).status).toBe(404)
    expect((await desk('DELETE /debts/:patientId/write-offs/:invoiceId', { params: { patientId: payer, invoiceId: id } })).status).toBe(403)
    expect((await giveUp(id)).status).toBe(201)
    expect((await giveUp(uuid())).status).toBe(404)
  })
})
