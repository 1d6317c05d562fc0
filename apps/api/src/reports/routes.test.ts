import { readSheet } from 'read-excel-file/node'
import { incomeGroups, incomeViews } from '@yoman/domain/reports/income'
import { plainDate } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { beforeAll, describe, expect, it } from 'vitest'
import { liveThrough } from './busy-weeks.fixture.ts'

const api = await testApi()
const { hadar, thames } = api.cast
const [owner, accountant, desk, doctor, other] = await Promise.all([api.as(hadar.staff.owner), api.as(hadar.staff.accountant), api.as(hadar.staff.receptionist), api.as(hadar.staff.doctor), api.as(thames.staff.owner)])
const whole = { from: '2026-09-01', to: '2026-11-30' }
const periods = [whole, { from: '2026-09-01', to: '2026-09-30' }, { from: '2026-10-01', to: '2026-10-31' }, { from: '2026-10-07', to: '2026-10-07' }, { from: '2026-10-19', to: '2026-11-11' }, { from: '2026-11-01', to: '2026-11-30' }]

beforeAll(async () => {
  const happened = await liveThrough(api, { weeks: 11, steps: 420, seed: 5 })
  // Of everything something happened, or the test would show less than it says.
  expect([...happened.keys()].sort()).toEqual(['POST /appointments/:id/billings', 'POST /appointments/:id/invoice', 'POST /cheques/:id/return', 'POST /invoices/:id/credits', 'POST /invoices/:id/deductions', 'POST /invoices/:id/reassignments', 'POST /invoices/:id/refunds', 'POST /organisations', 'POST /payments', 'POST /split-payments', 'PUT /appointments/:id/discount', 'PUT /appointments/:id/payer-parts/:organisationId', 'matured', 'waiting'])
}, 240_000)

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

describe('the three views of income', () => {
  it('differ by what is explained, to the agora, in any period', async () => {
    for (const period of periods) {
      const { status, body } = await owner('GET /reports/income/explanation', { query: period })
      expect([status, period]).toEqual([200, period])
      expect(body.performedAgorot + sum(body.performedToBilled.map(({ agorot }) => agorot))).toBe(body.billedAgorot)
      expect(body.billedAgorot + sum(body.billedToCash.map(({ agorot }) => agorot))).toBe(body.cashAgorot)
      for (const view of incomeViews) {
        const report = (await owner('GET /reports/income', { query: { ...period, view, group: 'day' } })).body
        expect(report.total.grossAgorot).toBe(body[`${view}Agorot`])
      }
    }
  }, 60_000)

  it('come to the same sums by every group, and each row is the sum of its pieces', async () => {
    for (const view of incomeViews) {
      const totals = await Promise.all(incomeGroups.map(async (group) => (await owner('GET /reports/income', { query: { ...whole, view, group } })).body))
      for (const { rows, total } of totals) {
        expect(total).toEqual(totals[0]?.total)
        expect([sum(rows.map((row) => row.grossAgorot)), sum(rows.map((row) => row.netAgorot)), sum(rows.map((row) => row.count))]).toEqual([total.grossAgorot, total.netAgorot, total.count])
      }
      const byMonth = totals[incomeGroups.indexOf('month')]
      for (const { key, count, grossAgorot, netAgorot } of byMonth?.rows ?? []) {
        const pieces = await allOf({ ...whole, view, group: 'month', key })
        expect([pieces.length, sum(pieces.map((one) => one.grossAgorot)), sum(pieces.map((one) => one.netAgorot))]).toEqual([count, grossAgorot, netAgorot])
        expect(pieces.every(({ day }) => day.startsWith(key.slice(0, 7)))).toBe(true)
      }
    }
  }, 60_000)

  it('agree with the documents and the payments themselves', async () => {
    const { rows: [cash] } = await api.database.ownerPool.query<{ sum: number }>(`select (select sum(amount_agorot) from payment where clinic_id = $1) - (select coalesce(sum(amount_agorot), 0) from refund where clinic_id = $1)
      - (select coalesce(sum(total_agorot), 0) from invoice where clinic_id = $1 and kind = '410' and cheque_id is not null) as sum`, [hadar.id])
    expect((await owner('GET /reports/income', { query: { ...whole, view: 'cash', group: 'branch' } })).body.total.grossAgorot).toBe(Number(cash?.sum))
  })

  it('stand beside the period before, or the same of last year', async () => {
    const query = { from: '2026-10-01', to: '2026-10-31', view: 'cash', group: 'practitioner' } as const
    const { body } = await owner('GET /reports/income', { query: { ...query, compare: 'previous' } })
    const september = (await owner('GET /reports/income', { query: { ...query, from: '2026-09-01', to: '2026-09-30' } })).body
    expect(body.before).toEqual({ from: '2026-09-01', to: '2026-09-30', ...september.total })
    expect(body.rows[0]?.name).not.toBe('')
    expect((await owner('GET /reports/income', { query: { ...query, compare: 'year' } })).body.before).toEqual({ from: '2025-10-01', to: '2025-10-31', count: 0, grossAgorot: 0, netAgorot: 0 })
  })
})

async function allOf(query: { from: string; to: string; view: (typeof incomeViews)[number]; group: (typeof incomeGroups)[number]; key?: string }) {
  const items = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body }: Awaited<ReturnType<typeof owner<'GET /reports/income/items'>>> = await owner('GET /reports/income/items', { query: { ...query, limit: 7, ...(cursor ? { cursor } : {}) } })
    items.push(...body.items)
    cursor = body.next
  }
  return items
}

describe('who reads reports, and of which periods', () => {
  const query = { ...whole, view: 'billed', group: 'month' } as const

  it('the owner and the accountant do, and nobody reads those of another clinic', async () => {
    expect((await accountant('GET /reports/income', { query })).status).toBe(200)
    for (const who of [desk, doctor]) expect((await who('GET /reports/income', { query })).status).toBe(403)
    expect((await doctor('GET /reports/income/explanation', { query: whole })).status).toBe(403)
    expect((await other('GET /reports/income', { query })).body.total).toEqual({ count: 0, grossAgorot: 0, netAgorot: 0 })
    expect((await other('GET /reports/income/items', { query: { ...query, branchId: hadar.branches.center } })).body.items).toEqual([])
  })

  it('a period is bounded', async () => {
    expect((await owner('GET /reports/income', { query: { ...query, from: '2026-10-02', to: '2026-10-01' } })).problem.code).toBe('report_period_invalid')
    expect((await owner('GET /reports/income', { query: { ...query, from: '2020-01-01' } })).problem.code).toBe('report_period_invalid')
    expect((await owner('GET /reports/income', { query: { ...query, group: 'day', from: '2025-10-01' } })).problem.code).toBe('report_period_invalid')
    expect((await owner('GET /reports/income/items', { query: { ...query, cursor: 'nonsense' } })).problem.code).toBe('cursor_invalid')
    // Of a file, too, before anything of it has left.
    expect((await owner('GET /reports/income/items/csv', { query: { ...query, from: '2020-01-01', language: 'he' } })).problem.code).toBe('report_period_invalid')
    expect((await owner('GET /reports/income/items', { query: { ...query, key: 'a\u0000b' } })).status).toBe(400)
  })
})

describe('a report as a file', () => {
  const query = { from: '2026-09-01', to: '2026-11-30', view: 'billed', group: 'month', compare: 'previous' } as const

  it('has its rows and sums in shekels, and nothing that a spreadsheet runs', async () => {
    await api.database.db.updateTable('patient').set({ given_name: '=HYPERLINK("x")' }).where('clinic_id', '=', hadar.id).execute()
    const report = (await owner('GET /reports/income', { query })).body
    const { raw } = await owner('GET /reports/income/csv', { query: { ...query, language: 'en' } })
    const lines = raw.body.replace('\ufeff', '').trim().split('\r\n')
    expect(lines).toHaveLength(report.rows.length + 2)
    expect(lines[1]?.startsWith(`2026-09,${report.rows[0]?.count},${((report.rows[0]?.grossAgorot ?? 0) / 100).toFixed(2)},`)).toBe(true)
    expect(lines.at(-1)?.startsWith(`Total,${report.total.count},${(report.total.grossAgorot / 100).toFixed(2)},`)).toBe(true)

    const items = (await owner('GET /reports/income/items/csv', { query: { ...whole, view: 'cash', group: 'month', language: 'he' } })).raw.body.trim().split('\r\n')
    expect(items).toHaveLength((await allOf({ ...whole, view: 'cash', group: 'month' })).length + 1)
    expect(items[1]).toContain(`"'=HYPERLINK`)
    const told = await api.database.db.selectFrom('event').select('details').where('clinic_id', '=', hadar.id).where('name', '=', 'data.exported').execute()
    expect(told).toHaveLength(2)
  })

  it('is a workbook that another reader opens', async () => {
    const report = (await owner('GET /reports/income', { query })).body
    const { raw } = await owner('GET /reports/income/xlsx', { query: { ...query, language: 'he' } })
    const rows = await readSheet(raw.rawPayload)
    expect(rows).toHaveLength(report.rows.length + 2)
    expect(rows[0]?.slice(0, 4)).toEqual(['חודש', 'מספר', 'כולל מע״מ', 'ללא מע״מ'])
    expect(rows.at(-1)?.slice(1, 4)).toEqual([report.total.count, report.total.grossAgorot / 100, report.total.netAgorot / 100])
  })
})

describe('a day of the calendar', () => {
  it('is that of the branch: what came after midnight in Israel belongs to the next day', async () => {
    const { rows } = (await owner('GET /reports/income', { query: { from: '2026-09-01', to: '2026-11-30', view: 'cash', group: 'day' } })).body
    expect(rows).toHaveLength(plainDate('2026-09-01').until('2026-11-30', { largestUnit: 'day' }).days + 1)
    const { rows: days } = await api.database.ownerPool.query<{ day: string }>(`select distinct (received_at at time zone 'Asia/Jerusalem')::date::text as day from payment where clinic_id = $1`, [hadar.id])
    expect(rows.filter(({ count }) => count > 0).map(({ key }) => key)).toEqual(expect.arrayContaining(days.map(({ day }) => day)))
  })
})
