import { payerOf } from '@yoman/db/debts/payer'
import { loadFormFacts } from '@yoman/db/forms/queries'
import { findMailable } from '@yoman/db/invoices/mailable'
import type { InvoiceRow } from '@yoman/db/invoices/issue'
import type { Db } from '@yoman/db/database'
import { isMobile } from '@yoman/domain/people/phone'
import type { PlainDate } from '@yoman/domain/time'

/** Where whoever pays for a patient can be written to about money: each null where they cannot, or do not want it. */
export async function waysTo(db: Db, { patient_id, branch_id }: Pick<InvoiceRow, 'patient_id' | 'branch_id'>, today: PlainDate) {
  const payerId = await payerOf(db, patient_id, today)
  if (payerId === null) return { sms: null, email: null, facts: null }
  const [facts, { address, consented }] = [await loadFormFacts(db, payerId, branch_id), await findMailable(db, payerId)]
  return { sms: facts?.refused === false ? (facts.phones.find(isMobile) ?? null) : null, email: consented ? address : null, facts: facts ?? null }
}
