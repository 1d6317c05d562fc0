import { expect } from 'vitest'
import type { TestApi } from '@yoman/testing/api'

/** What holds of a clinic's money whatever was done with it, in whatever order and by how many. `owner` reads its lists. */
export async function expectSound(api: TestApi, owner: Awaited<ReturnType<TestApi['as']>>): Promise<void> {
  const { hadar } = api.cast
  const read = async <T>(query: string): Promise<T[]> => (await api.database.ownerPool.query<Record<string, unknown>>(query, [hadar.id])).rows as T[] // what the query says
  expect(await read(`select v.id from invoice v where v.clinic_id = $1 and (v.net_agorot + v.vat_agorot <> v.total_agorot or v.total_agorot <> (select sum(l.total_agorot) from invoice_line l where l.invoice_id = v.id))`)).toEqual([])
  expect(await read(`select v.id from invoice v where v.clinic_id = $1 and v.total_agorot < (select sum(k.total_agorot) from invoice k where k.based_on_id = v.id and k.kind in ('330', '410'))`)).toEqual([])
  // What used the money of a credit note was paid with it.
  expect(await read(`select v.id from invoice v where v.clinic_id = $1 and coalesce((select sum(p.amount_agorot) from payment p where p.invoice_id = v.id), 0) + case when v.credit_id is null then 0 else v.total_agorot end
    < (select sum(r.amount_agorot) from invoice k join invoice b on b.based_on_id = k.id and b.kind = '410' join refund r on r.invoice_id = b.id where k.based_on_id = v.id and k.kind = '330')`)).toEqual([])
  expect(await read(`select kind from invoice where clinic_id = $1 group by kind having count(*) <> max(number) or min(number) <> 1`)).toEqual([])
  expect(await read(`select v.id from invoice v where v.clinic_id = $1 and ((v.kind = '300' and received_on(v.clinic_id, v.id) > v.total_agorot) or (v.kind = '330' and settled_of(v.clinic_id, v.id) > v.total_agorot))`)).toEqual([])
  expect(await read(`select a.id from invoice a where a.clinic_id = $1 and a.advance and a.total_agorot < (select sum(u.amount_agorot) from advance_use u where u.advance_id = a.id)`)).toEqual([])
  // Cash leaves up to five agorot aside for each document that it settles.
  const [sums] = await read<Record<'billed' | 'credited' | 'paid' | 'back' | 'cash', string>>(`select
    -- What is asked of somebody else was billed before. An advance is billed with its visit as far as that deducted it, and by itself as far as none did.
    coalesce(sum(total_agorot) filter (where (kind = '300' and (instead_of_id is null or instead_of_id <> based_on_id)) or (kind = '320' and based_on_id is null)), 0) - (select coalesce(sum(amount_agorot), 0) from advance_use where clinic_id = $1) as billed, coalesce(sum(total_agorot) filter (where kind = '330'), 0) as credited,
    (select coalesce(sum(p.amount_agorot), 0) from payment p where p.clinic_id = $1 and p.invoice_id is not null) as paid, (select coalesce(sum(r.amount_agorot), 0) from refund r where r.clinic_id = $1) as back,
    (select count(*) from (select from payment where clinic_id = $1 and method = 'cash' union all select from refund where clinic_id = $1 and method = 'cash') c) as cash from invoice where clinic_id = $1`)
  const items = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { body } = await owner('GET /invoices', { query: { limit: 200, ...(cursor ? { cursor } : {}) } })
    items.push(...body.items)
    cursor = body.next
  }
  const [debt, owed] = [items.reduce((sum, { balanceAgorot }) => sum + balanceAgorot, 0), items.reduce((sum, { refundableAgorot }) => sum + refundableAgorot, 0)]
  const of = (name: keyof NonNullable<typeof sums>): number => Number(sums?.[name])
  expect(Math.abs(of('paid') - of('back') + debt - owed - (of('billed') - of('credited')))).toBeLessThanOrEqual(5 * of('cash'))
}
