import type { Db } from '@yoman/db/database'
import { payerOf } from '@yoman/db/debts/payer'
import { findPatient } from '@yoman/db/patients/queries'
import { letterheadOf } from '@yoman/db/plans/letterhead'
import { registerBranches } from '@yoman/db/registers/branches'
import { type Account, accountsOf, creditOf, documentsOf, openOf } from '@yoman/db/statements/accounts'
import type { DocumentLanguage } from '@yoman/domain/plans/shown'
import { type AccountStatement, lastDayOf, owedOn } from '@yoman/domain/statements/statement'
import type { PlainDate } from '@yoman/domain/time'

export interface StatementGround {
  /** The clinic's calendar day. */
  today: PlainDate
  daysToPay: number
}

export interface WrittenStatement {
  content: AccountStatement
  accounts: Account[]
  givenName: string
  branchId: string
}

/** Who reads about the money of a patient; a child whom nobody pays for is their own. */
export const readerOf = async (db: Db, patientId: string, today: PlainDate): Promise<string> => (await payerOf(db, patientId, today)) ?? patientId

/** A month of a reader's accounts as it stands now, up to today where the month goes on. @param language the reader's where none is given. @returns undefined where there is no such person, or nobody whose money they hear of. */
export async function statementContent(db: Db, readerId: string, month: PlainDate, { today, daysToPay }: StatementGround, language?: DocumentLanguage): Promise<WrittenStatement | undefined> {
  const [reader, accounts] = [await findPatient(db, readerId), await accountsOf(db, readerId, today)]
  if (!reader || accounts.length === 0) return undefined
  const last = lastDayOf(month)
  const to = last.until(today).sign < 0 ? today : last
  const ids = accounts.map(({ id }) => id)
  const [documents, open, credit] = [await documentsOf(db, ids, month, to), await openOf(db, ids, daysToPay), await creditOf(db, ids)]
  const branchId = (open.at(-1) ?? documents.at(-1))?.branchId ?? (await registerBranches(db))[0]?.id
  const head = branchId === undefined ? undefined : await letterheadOf(db, branchId)
  if (!head || branchId === undefined) throw new Error('a clinic has a branch')
  const spoken = language ?? reader.language
  const [local, alone] = [spoken === 'he' || spoken === 'ar', ids.length === 1 && ids[0] === readerId]
  const named = ({ givenName, givenNameLatin }: Pick<Account, 'givenName' | 'givenNameLatin'>): string => (local ? '' : givenNameLatin) || givenName
  const whose = new Map(accounts.map((one) => [one.id, alone ? '' : named(one)]))
  return {
    accounts, branchId, givenName: reader.given_name,
    content: {
      form: 1, language: spoken,
      clinic: { name: (local ? '' : head.name_en) || head.name, legalName: head.legal_name, vatNumber: head.vat_number, address: [head.address, head.city].filter(Boolean).join(', '), phone: head.branch_phone || head.phone || '' },
      reader: (local ? '' : `${reader.given_name_latin} ${reader.family_name_latin}`.trim()) || `${reader.given_name} ${reader.family_name}`.trim(),
      accounts: ids, from: month.toString(), to: to.toString(), on: today.toString(),
      documents: documents.map(({ patientId, kind, number, on, total, received }) => ({ patient: whose.get(patientId) ?? '', kind, number, on: on.toString(), total, received })),
      open: open.map(({ patientId, kind, number, on, dueOn, owed }) => ({ patient: whose.get(patientId) ?? '', kind, number, on: on.toString(), dueOn: dueOn.toString(), owed })),
      owed: owedOn(open), credit,
    },
  }
}
