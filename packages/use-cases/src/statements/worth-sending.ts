import type { Tx } from '@yoman/db/database'
import { findMailable } from '@yoman/db/invoices/mailable'
import { accountsOf, openOf } from '@yoman/db/statements/accounts'
import { findStatement } from '@yoman/db/statements/queries'
import { type PlainDate, plainDate } from '@yoman/domain/time'

/**
 * The last look at a statement before its mail leaves: nobody is asked for what was paid since it was written, or who is left alone meanwhile.
 * @returns where it goes, or why it does not.
 */
export async function statementLeaves(tx: Tx, { statementId, today }: { statementId: string | null; today: PlainDate }): Promise<{ address: string } | { reason: string }> {
  const statement = statementId === null ? undefined : await findStatement(tx, statementId)
  if (!statement) return { reason: 'nothing_to_send_to' }
  const { patientId, content, byHand } = statement
  const accounts = await accountsOf(tx, patientId, today)
  if (!byHand && accounts.some(({ paused }) => paused)) return { reason: 'paused' }
  if (!byHand && content.owed > 0 && (await openOf(tx, accounts.map(({ id }) => id), plainDate(content.to), 0)).length === 0) return { reason: 'paid' }
  const { address, consented } = await findMailable(tx, patientId)
  if (!consented) return { reason: 'no_consent' }
  return address === null ? { reason: 'nothing_to_send_to' } : { address }
}
