import type { Pool } from '@yoman/db/connect'
import type { Payer } from '@yoman/db/invoices/table'
import type { Vault } from '@yoman/db/keys/vault'
import { type Instant, isAfter } from '@yoman/domain/time'
import { systemContext } from '@yoman/use-cases/context'
import { addOrganisation } from '@yoman/use-cases/organisations/organisations'
import { v5 as named } from 'uuid'
import type { DemoVisit } from './diary.ts'
import type { DemoPatient } from './patients.ts'

const zone = 'Asia/Jerusalem'
/** An employer, who is a dealer and wants its documents on paper, and a fund, which is none. Neither exists. */
const employer = { name: 'מפעלי הגליל להדגמה בע״מ', nameLatin: 'Galilee Demo Works Ltd', dealerNumber: '519999007', address: 'דרך העצמאות 12, חיפה', email: 'accounts@works.example', takesEmail: false, language: 'he' } as const
const fund = { name: 'קופת חולים הדגמה', nameLatin: 'Demo Health Fund', dealerNumber: '', address: 'שדרות רוטשילד 1, תל אביב-יפו', email: 'payments@fund.example', takesEmail: true, language: 'he' } as const

/** Two organisations that pay. They stand before the documents that name them; asked again after a start that was interrupted, they are the same. */
export async function addOrganisations({ pool, vault }: { pool: Pool; vault: Vault }, clinicId: string, now: Instant): Promise<void> {
  const ctx = systemContext({ pool, vault }, clinicId, now)
  await addOrganisation(ctx, { id: employerId(clinicId), ...employer })
  await addOrganisation(ctx, { id: fundId(clinicId), ...fund })
}

export const fundId = (clinicId: string): string => named('fund', clinicId)
export const employerId = (clinicId: string): string => named('employer', clinicId)

/** The employer as it stands on the document of one of its people. */
export const employerAsPayer = (clinicId: string, { givenName, familyName }: Pick<DemoPatient, 'givenName' | 'familyName'>): Payer => ({
  name: employer.name, nameLatin: employer.nameLatin, address: employer.address, organisationId: employerId(clinicId), dealerNumber: employer.dealerNumber, forName: `${givenName} ${familyName}`,
})

const quietDays = 7

/** Whether the employer may be found to pay for somebody: a grown-up whose documents go out on paper, and who does not come today or in the days after. */
export function fitsEmployer(visits: readonly DemoVisit[], patient: DemoPatient, now: Instant): boolean {
  const midnight = now.toZonedDateTimeISO(zone).startOfDay()
  const years = patient.birthDate.until(midnight.toPlainDate(), { largestUnit: 'years' }).years
  const [from, to] = [midnight.toInstant(), midnight.add({ days: quietDays }).toInstant()]
  return !patient.eInvoice && years >= 21 && years < 67 && !visits.some((visit) => visit.patient === patient && isAfter(visit.start, from) && isAfter(to, visit.start))
}
