import type { Tx } from '@yoman/db/database'
import { findMailable } from '@yoman/db/invoices/mailable'
import { accountsOf, openOf } from '@yoman/db/statements/accounts'
import { findStatement } from '@yoman/db/statements/queries'
import { owedOn } from '@yoman/domain/statements/statement'
import type { PlainDate } from '@yoman/domain/time'

/**
 * The last look at a statement before its mail leaves: nobody is told a sum that is not owed any more, of somebody whose money is no matter of
 * theirs any more, or is asked who is to be left alone. What is skipped for that is on the desk's list.
 * @returns where it goes, or why it does not.
 */
export async function statementLeaves(tx: Tx, { statementId, today }: { statementId: string | null; today: PlainDate }): Promise<{ address: string } | { reason: string }> {
  const statement = statementId === null ? undefined : await findStatement(tx, statementId)
  if (!statement) return { reason: 'nothing_to_send_to' }
  const { patientId, content, byHand } = statement
  const accounts = await accountsOf(tx, patientId, today)
  const told = new Set(accounts.filter(({ unspoken }) => !unspoken).map(({ id }) => id))
  if (content.accounts.some((id) => !told.has(id))) return { reason: 'changed' }
  if (!byHand && accounts.some(({ paused }) => paused)) return { reason: 'paused' }
  const owed = owedOn(await openOf(tx, [...told], 0))
  if (owed !== content.owed) return { reason: owed === 0 ? 'paid' : 'changed' }
  const { address, consented } = await findMailable(tx, patientId)
  if (!consented) return { reason: 'no_consent' }
  return address === null ? { reason: 'nothing_to_send_to' } : { address }
}
