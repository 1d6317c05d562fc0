import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import type { Instant } from '@yoman/domain/time'
import { createPriceList } from '@yoman/use-cases/prices/lists'
import { v5 as named } from 'uuid'
import type { DemoClinic } from './clinic.ts'
import { ownerContext } from './owner.ts'

/** What members of one fund pay less for, in shekels. None of it is the price of a kind of visit: what is billed without a note stays what it was. */
const cheaper = { D0210: 130, D0220: 45, D2950: 620, D3310: 1_200 }

/** A price list for a health fund, from the first of this month. */
export async function addFundPrices(services: { pool: Pool; vault: Vault }, clinic: DemoClinic, now: Instant): Promise<void> {
  const prices = Object.entries(cheaper).flatMap(([code, shekels]) => clinic.prices.filter((price) => price.code === code).map(({ id }) => ({ priceItemId: id, priceAgorot: shekels * 100 })))
  await createPriceList(ownerContext(services, clinic, now), {
    id: named('fund prices', clinic.clinicId), name: 'מחירון הסדר קופה', nameEn: 'Health fund arrangement', branchId: null, practitionerIds: [], healthFund: '104',
    validFrom: now.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate().with({ day: 1 }).toString(), validUntil: null, shareBasisPoints: null, roundToAgorot: 100, prices,
  })
}
