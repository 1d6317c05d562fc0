import { instant } from '@yoman/domain/time'
import { expect, test } from 'vitest'
import { testVault } from '../cast.ts'
import { makeDatabase } from '../database.ts'
import { loadDemo } from './load.ts'

// The product is started at any hour: on a Sabbath nobody comes, on a Monday afternoon the demo's meetings are near, Passover closes a week.
test.each(['2026-11-28T12:00:00Z', '2026-11-23T13:46:00Z', '2027-04-21T16:00:00Z'])('the demo clinic can be loaded at %s, and has something of all that concerns money', async (now) => {
  const database = await makeDatabase()
  try {
    expect(await loadDemo({ pool: database.ownerPool, vault: testVault(), now: instant(now), patients: 400 })).toBe('loaded')
    const { rows } = await database.ownerPool.query(`select (select count(*)::int from organisation) as organisations, (select count(*)::int from patient_payer) as employees,
      (select count(*) > 0 from open_request q join invoice v on v.clinic_id = q.clinic_id and v.id = q.invoice_id where v.organisation_id is not null) as "owedByOrganisations",
      (select count(*)::int from price_list_item) as "fundPrices", (select count(*)::int from visit_discount) as "visitDiscounts", (select count(*)::int from visit_payer_part) as "payerParts", (select count(*)::int from debt_write_off where ended_at is null) as "writtenOff"`)
    expect(rows).toEqual([{ organisations: 2, employees: 1, owedByOrganisations: true, fundPrices: 4, visitDiscounts: 1, payerParts: 1, writtenOff: 3 }])
  } finally {
    await database.drop()
  }
}, 300_000)
