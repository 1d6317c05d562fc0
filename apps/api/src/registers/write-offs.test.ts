import { parse } from 'csv-parse/sync'
import { v7 as uuid } from 'uuid'
import { type Instant, instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { beforeAll, expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const [owner, accountant, desk, doctor, other] = await Promise.all([api.as(hadar.staff.owner), api.as(hadar.staff.accountant), api.as(hadar.staff.receptionist), api.as(hadar.staff.doctor), api.as(thames.staff.owner)])
const { sara, olga } = hadar.patients
const price = 18_000
const november = { from: '2026-11-01', to: '2026-11-30' }
const employer = { name: 'אלון תעשיות בע״מ', nameLatin: 'Alon Industries', dealerNumber: '777777715', address: '', email: '', takesEmail: false, language: 'he' as const }
let minute = 0
let [first, second, third] = ['', '', '']

/** An unpaid transaction invoice of 180 shekels; @returns its id. */
async function bill(patientId: string): Promise<string> {
  const id = uuid()
  const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool)
  await bookAppointment(ctx, {
    id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId,
    startsAt: castNow.add({ minutes: 60 + 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
  })
  await recordArrival(ctx, id)
  await startTreatment(ctx, id)
  await completeAppointment(ctx, id)
  return (await desk('POST /appointments/:id/invoice', { params: { id } })).body.id
}

async function giveUp(patientId: string, invoiceId: string, reason: string, now: Instant = castNow, who = owner): Promise<void> {
  api.setNow(now)
  const { status } = await who('POST /debts/:patientId/write-offs', { params: { patientId }, body: { id: uuid(), invoiceId, reason } }).finally(() => api.setNow(castNow))
  expect(status).toBe(201)
}

const register = async (query: { from: string; to: string; branchId?: string; limit?: number; cursor?: string } = november, who = accountant) => (await who('GET /registers/write-offs', { query })).body
const pay = async (invoiceId: string, amountAgorot: number) => expect((await desk('POST /payments', { body: { id: uuid(), invoiceId, method: 'card', amountAgorot } })).status).toBe(201)

beforeAll(async () => {
  first = await bill(sara)
  await pay(first, 3_000)
  const { body: { id: organisationId } } = await desk('POST /organisations', { body: { id: uuid(), ...employer } })
  expect((await desk('PUT /patients/:id/payer', { params: { id: olga }, body: { organisationId } })).status).toBe(200)
  second = await bill(olga)
  third = await bill(sara)
  await giveUp(sara, first, '=אין כתובת')
  await giveUp(olga, second, 'המעסיק נסגר', castNow.add({ hours: 1 }), accountant)
  await giveUp(sara, third, 'הוסכם', instant('2026-11-30T22:30:00Z')) // it is December in Israel
}, 60_000)

it('tells each debt that was given up in a period, by the day on the wall of its branch, with its payer, reason and who did it', async () => {
  const { items, totals, next } = await register()
  expect([items.length, next]).toEqual([2, null])
  expect(items[0]).toMatchObject({ on: '2026-11-22', invoice: { id: first, kind: '300', number: 1 }, patient: { id: sara }, payer: '', payerLatin: '', amountAgorot: price - 3_000, cameInAgorot: 0, reason: '=אין כתובת', by: hadar.staff.owner.name })
  expect(items[1]).toMatchObject({ invoice: { id: second }, patient: { id: olga }, payer: employer.name, payerLatin: employer.nameLatin, amountAgorot: price, reason: 'המעסיק נסגר', by: hadar.staff.accountant.name })
  expect(totals).toEqual({ documents: 2, amountAgorot: 2 * price - 3_000, cameInAgorot: 0 })
  expect((await register({ from: '2026-12-01', to: '2026-12-01' })).items.map(({ invoice }) => invoice.id)).toEqual([third])
  expect((await register({ from: '2026-10-01', to: '2026-10-31' })).items).toEqual([])
})

it('shows what came in since, and leaves out what is asked for again', async () => {
  await pay(first, 5_000)
  expect((await register()).items.map(({ cameInAgorot }) => cameInAgorot)).toEqual([5_000, 0])
  expect((await register()).totals).toEqual({ documents: 2, amountAgorot: 2 * price - 3_000, cameInAgorot: 5_000 })
  const again = await bill(sara)
  await giveUp(sara, again, 'בטעות')
  expect((await register()).totals.documents).toBe(3)
  await owner('DELETE /debts/:patientId/write-offs/:invoiceId', { params: { patientId: sara, invoiceId: again } })
  expect((await register()).items.map(({ invoice }) => invoice.id)).toEqual([first, second])
})

it('is read page by page without loss, each page with the sums of the whole period', async () => {
  const year = { from: '2026-01-01', to: '2026-12-31', limit: 2 }
  const one = await register(year)
  const two = await register({ ...year, cursor: one.next ?? '' })
  expect([...one.items, ...two.items].map(({ invoice }) => invoice.id)).toEqual([first, second, third])
  expect([two.next, two.totals]).toEqual([null, one.totals])
  expect((await owner('GET /registers/write-offs', { query: { ...year, cursor: 'nonsense' } })).problem.code).toBe('cursor_invalid')
})

it('leaves as a file with all of them, and nothing that a spreadsheet runs; who read it is kept', async () => {
  const answer = await accountant('GET /registers/write-offs/csv', { query: { ...november, language: 'en' } })
  const [head, ...lines] = parse(answer.raw.body.replace('\ufeff', '')) as string[][] // lines of cells without further options
  expect(head).toEqual(['Date', 'Branch', 'Document', 'Number', 'Payer', 'Patient', 'Written off', 'Came in since', 'Reason', 'Written off by'])
  expect(lines.map((cells) => cells.slice(4, 9))).toEqual([['Sara Levi', 'Sara Levi', '150.00', '50.00', "'=אין כתובת"], [employer.nameLatin, 'Olga Petrova', '180.00', '0.00', 'המעסיק נסגר']])
  const readings = await api.database.db.selectFrom('event').select('details').where('name', '=', 'books.read').where('actor_id', '=', hadar.staff.accountant.id).execute()
  expect(readings.map(({ details }) => details)).toContainEqual(expect.objectContaining({ kind: 'write_offs', fromDate: '2026-11-01', toDate: '2026-11-30' }))
})

it('is for the owner and the accountant of the clinic, of a year at most', async () => {
  expect((await desk('GET /registers/write-offs', { query: november })).status).toBe(403)
  expect((await doctor('GET /registers/write-offs/csv', { query: { ...november, language: 'he' } })).status).toBe(403)
  expect((await register(november, other)).items).toEqual([])
  expect((await register({ ...november, branchId: hadar.branches.north }, owner)).items).toEqual([])
  expect((await register({ ...november, branchId: hadar.branches.center }, owner)).items).toHaveLength(2)
  expect((await owner('GET /registers/write-offs', { query: { from: '2025-01-01', to: '2026-11-30' } })).problem.code).toBe('report_period_invalid')
  expect((await owner('GET /registers/write-offs/csv', { query: { from: '2026-11-30', to: '2026-11-01', language: 'en' } })).problem.code).toBe('report_period_invalid')
})
