import type { Debtor, DebtCase, DebtDocument, DebtList } from '@yoman/contract/debts'
import type { DebtDocument as DocumentRow, DebtorRow } from '@yoman/db/debts/lists'
import type { Age, Ageing } from '@yoman/domain/debts/ageing'
import type { DebtCase as CaseRead, DebtPage } from '@yoman/use-cases/debts/read'

const ageingOf = ({ notDue, to30, to60, to90, over90 }: Ageing): Ageing => ({ notDue, to30, to60, to90, over90 })

const presentDebtor = (row: DebtorRow): Debtor => ({
  patient: { id: row.patientId, givenName: row.givenName, familyName: row.familyName, givenNameLatin: row.givenNameLatin, familyNameLatin: row.familyNameLatin, phone: row.phone },
  organisation: row.organisation,
  branchId: row.branchId,
  totalAgorot: row.total,
  ageing: ageingOf(row),
  documents: row.documents,
  oldestDueOn: row.oldestDueOn.toString(),
  lastContactAt: row.lastContactAt?.toString() ?? null,
  promise: row.promiseTaskId === null || row.promisedFor === null ? null : { taskId: row.promiseTaskId, dueAt: row.promisedFor.toString() },
})

export const presentDebts = ({ items, next, totals, notBilled, writtenOff, today }: DebtPage): DebtList => ({
  items: items.map(presentDebtor),
  next,
  totals: { totalAgorot: totals.total, ageing: ageingOf(totals), debtors: totals.debtors, documents: totals.documents },
  notBilled,
  writtenOff,
  today: today.toString(),
})

export const presentDebtCase = ({ documents, reminders, pause, writtenOff }: CaseRead): DebtCase => ({
  items: documents.map(presentDebtDocument),
  reminders: reminders.map((one) => ({ ...one, madeAt: one.madeAt.toString() })),
  pause: pause && { untilOn: pause.untilOn.toString(), reason: pause.reason },
  writtenOff: writtenOff.map(({ invoiceId, number, owedAgorot, reason, by, byEn, issuedOn, at }) => ({ invoiceId, number, owedAgorot, reason, by, byEn, issuedOn: issuedOn.toString(), at: at.toString() })),
})

const presentDebtDocument = ({ issuedOn, dueOn, ...row }: DocumentRow & { age: Age }): DebtDocument => ({ ...row, issuedOn: issuedOn.toString(), dueOn: dueOn.toString() })
