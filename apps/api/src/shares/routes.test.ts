import { v7 as uuid } from 'uuid'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { type Instant, instant } from '@yoman/domain/time'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { afterEach, describe, expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const [owner, accountant, desk, doctor, other] = await Promise.all([api.as(hadar.staff.owner), api.as(hadar.staff.accountant), api.as(hadar.staff.receptionist), api.as(hadar.staff.doctor), api.as(thames.staff.owner)])
const practitionerId = hadar.practitioners.doctor
const november = { month: '2026-11', practitionerId }
let minute = 0

afterEach(() => api.setNow(castNow))

/** A visit on the doctor's diary with what was done in it; its note signed, unless it is not to be, and over, unless it is still in treatment. */
async function treated(at: Instant, done: { priceItemId: string; quantity: number }[], how: 'signed' | 'unsigned' | 'unwritten' | 'in_treatment' = 'signed'): Promise<string[]> {
  api.setNow(at)
  const id = uuid()
  const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, at)
  await bookAppointment(ctx, { id, branchId: hadar.branches.center, practitionerId, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.sara, startsAt: at.add({ minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true })
  await recordArrival(ctx, id)
  await startTreatment(ctx, id)
  const procedures = done.map((one) => ({ id: uuid(), ...one }))
  if (how !== 'unwritten') {
    const { body: encounter } = await doctor('POST /encounters', { body: { id: uuid(), appointmentId: id } })
    const params = { id: encounter.id }
    await doctor('PUT /encounters/:id/procedures', { params, body: { version: encounter.version, procedures } })
    const { body: draft } = await doctor('PUT /encounters/:id/draft', { params, body: { baseSeq: 0, body: 'Done.' } })
    if (how === 'signed' || how === 'in_treatment') expect((await doctor('POST /encounters/:id/signature', { params, body: { seq: draft.seq } })).status).toBe(201)
  }
  if (how !== 'in_treatment') await completeAppointment(ctx, id)
  api.setNow(castNow)
  return procedures.map((one) => one.id)
}

const rule = (over: { id?: string; priceItemId?: string | null; from?: string; shareBasisPoints?: number | null; fixedAgorot?: number | null } = {}) =>
  owner('POST /share-rules', { body: { id: uuid(), practitionerId, priceItemId: null, from: '2026-11-01', shareBasisPoints: 4_000, fixedAgorot: null, ...over } })
const statement = async (params = november) => (await owner('GET /shares/:month/:practitionerId', { params })).body
const cost = (procedureId: string, amountAgorot: number, day = '2026-11-22', id = uuid()) => accountant('POST /laboratory-costs', { body: { id, procedureId, day, laboratory: 'מעבדת כתר', reference: '881', amountAgorot } })

const early = instant('2026-11-10T08:00:00Z')
// The tests below go on from one another, as a month does.
const [filling = '', scaling = ''] = await treated(early, [{ priceItemId: hadar.prices.filling, quantity: 2 }, { priceItemId: hadar.prices.cleaning, quantity: 1 }])
const [unsigned = ''] = await treated(early, [{ priceItemId: hadar.prices.exam, quantity: 1 }], 'unsigned')
await treated(early, [], 'unwritten')

describe('what a month owes a practitioner', () => {
  it('is nothing without a rule, and says of how many pieces', async () => {
    const { items } = (await accountant('GET /shares/:month', { params: { month: '2026-11' } })).body
    expect(items).toEqual([{ practitionerId, pieces: 4, grossAgorot: 158_000, netAgorot: expect.any(Number) as number, shareAgorot: 0, unruled: 4, costsAgorot: 0, bornAgorot: 0, totalAgorot: 0 }])
    expect((await statement({ ...november, month: '2026-10' })).items).toEqual([])
  })

  it('is of what the report calls performed, the visit nobody wrote of too', async () => {
    const performed = (await owner('GET /reports/income', { query: { from: '2026-11-01', to: '2026-11-30', view: 'performed', group: 'practitioner' } })).body.rows.find(({ key }) => key === practitionerId)
    const { grossAgorot, items } = await statement()
    expect(grossAgorot).toBe(performed?.grossAgorot)
    expect(items.map(({ kind, grossAgorot: gross }) => [kind, gross]).sort()).toEqual([['procedure', 18_000], ['procedure', 32_000], ['procedure', 90_000], ['visit', 18_000]])
  })

  it('is a part of the price without VAT by the general rule, and a sum for each piece by that of a treatment', async () => {
    expect((await rule()).status).toBe(201)
    expect((await rule({ priceItemId: hadar.prices.filling, shareBasisPoints: null, fixedAgorot: 10_000 })).status).toBe(201)
    const { items, shareAgorot, unruled } = await statement()
    expect(items.find(({ id }) => id === filling)).toMatchObject({ quantity: 2, shareAgorot: 20_000 })
    const one = items.find(({ id }) => id === scaling)
    expect(one).toMatchObject({ grossAgorot: 32_000, netAgorot: 27_119, shareAgorot: 10_848, rule: { shareBasisPoints: 4_000 } })
    expect([shareAgorot, unruled]).toEqual([items.reduce((sum, piece) => sum + piece.shareAgorot, 0), 0])
  })

  it('holds from the day of a rule: what was done before has the one before it', async () => {
    const later = await rule({ from: '2026-11-11', shareBasisPoints: 5_000 })
    expect((await statement()).items.find(({ id }) => id === scaling)?.shareAgorot).toBe(10_848)
    const [after = ''] = await treated(instant('2026-11-12T08:00:00Z'), [{ priceItemId: hadar.prices.cleaning, quantity: 1 }])
    expect((await statement()).items.find(({ id }) => id === after)?.shareAgorot).toBe(13_560)
    expect((await owner('DELETE /share-rules/:id', { params: { id: later.body.id } })).status).toBe(204)
    expect((await statement()).items.find(({ id }) => id === after)?.shareAgorot).toBe(10_848)
    expect((await owner('DELETE /share-rules/:id', { params: { id: later.body.id } })).status).toBe(404)
  })

  it('is less what a laboratory asked, in the month of its bill and by the same part; by the piece it costs nothing', async () => {
    expect((await cost(scaling, 5_000)).status).toBe(204)
    expect((await cost(filling, 8_000)).status).toBe(204)
    const { costs, costsAgorot, bornAgorot, shareAgorot, totalAgorot } = await statement()
    expect(costs.map((one) => [one.of.id, one.amountAgorot, one.bornAgorot]).sort()).toEqual([[scaling, 5_000, 2_000], [filling, 8_000, 0]].sort())
    expect([costsAgorot, bornAgorot, totalAgorot]).toEqual([13_000, 2_000, shareAgorot - 2_000])
    expect((await cost(scaling, 1_000, '2026-12-03')).status).toBe(204)
    expect(await statement({ ...november, month: '2026-12' })).toMatchObject({ items: [], pieces: 0, bornAgorot: 400, totalAgorot: -400 })
    const gone = costs.find(({ of }) => of.id === filling)?.id ?? ''
    expect((await owner('DELETE /laboratory-costs/:id', { params: { id: gone } })).status).toBe(204)
    expect((await statement()).costsAgorot).toBe(5_000)
    expect((await owner('DELETE /laboratory-costs/:id', { params: { id: gone } })).status).toBe(404)
  })
})

describe('what is refused', () => {
  it('two rules of one thing from one day, a rule of both or of neither, another body under the same id', async () => {
    expect((await rule()).problem.code).toBe('share_rule_exists')
    expect((await rule({ fixedAgorot: 1_000 })).problem.code).toBe('share_rule_one_of_two')
    expect((await rule({ shareBasisPoints: null })).problem.code).toBe('share_rule_one_of_two')
    const id = uuid()
    expect((await rule({ id, from: '2027-01-01' })).status).toBe(201)
    expect((await rule({ id, from: '2027-01-01' })).status).toBe(201)
    expect((await rule({ id, from: '2027-01-02' })).problem.code).toBe('id_taken')
    expect((await rule({ priceItemId: uuid(), from: '2027-02-01' })).problem.code).toBe('reference_unknown')
  })

  it('a cost of what is not signed, or is not there; the same sent twice is one', async () => {
    expect((await cost(unsigned, 1_000)).problem.code).toBe('procedure_not_signed')
    expect((await cost(uuid(), 1_000)).status).toBe(404)
    const id = uuid()
    const before = (await statement()).costs.length
    expect([(await cost(scaling, 700, '2026-11-22', id)).status, (await cost(scaling, 700, '2026-11-22', id)).status]).toEqual([204, 204])
    expect((await cost(scaling, 800, '2026-11-22', id)).problem.code).toBe('id_taken')
    expect((await statement()).costs).toHaveLength(before + 1)
  })

  it('a cost of a visit that is not over: no month counts what was done at it, so none takes its cost off', async () => {
    const [waiting = ''] = await treated(early, [{ priceItemId: hadar.prices.cleaning, quantity: 1 }], 'in_treatment')
    const { items, costs } = await statement()
    expect(items.map(({ id }) => id)).not.toContain(waiting)
    expect((await cost(waiting, 1_000)).problem.code).toBe('procedure_not_signed')
    expect((await statement()).costs).toEqual(costs)
  })

  it('whoever is neither owner nor accountant, and another clinic', async () => {
    for (const who of [desk, doctor]) {
      expect((await who('GET /share-rules')).status).toBe(403)
      expect((await who('GET /shares/:month', { params: { month: '2026-11' } })).status).toBe(403)
      expect((await who('GET /shares/:month/:practitionerId', { params: november })).status).toBe(403)
    }
    expect((await other('GET /share-rules')).body.items).toEqual([])
    expect((await other('GET /shares/:month', { params: { month: '2026-11' } })).body.items).toEqual([])
    expect((await other('GET /shares/:month/:practitionerId', { params: november })).status).toBe(404)
    expect((await other('POST /laboratory-costs', { body: { id: uuid(), procedureId: scaling, day: '2026-11-22', laboratory: 'x', reference: '', amountAgorot: 1 } })).status).toBe(404)
  })

  it('whatever would change a month that is closed', async () => {
    const closed = await owner('POST /months/:month/closing', { params: { month: '2026-10' }, body: { id: uuid(), reason: 'x' } })
    expect(closed.status).toBe(201)
    expect((await rule({ from: '2026-10-15', shareBasisPoints: 1 })).problem.code).toBe('month_closed')
    expect((await cost(scaling, 900, '2026-10-31')).problem.code).toBe('month_closed')
  })
})

describe('a statement as a file', () => {
  it('is a PDF, and a CSV whose last column adds up to what is paid', async () => {
    const { totalAgorot, items, costs } = await statement()
    const pdf = await accountant('GET /shares/:month/:practitionerId/pdf', { params: november, query: { language: 'he' } })
    expect(pdf.raw.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    const { raw } = await accountant('GET /shares/:month/:practitionerId/csv', { params: november, query: { language: 'en' } })
    const lines = raw.body.replace('\ufeff', '').trim().split('\r\n')
    expect(lines).toHaveLength(items.length + costs.length + 1)
    const paid = lines.slice(1).map((line) => Math.round(100 * Number(line.slice(line.lastIndexOf(',') + 1))))
    expect(paid.reduce((sum, one) => sum + one, 0)).toBe(totalAgorot)
  })
})
