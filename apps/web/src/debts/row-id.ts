import type { Debtor } from '@yoman/contract/debts'

/** What tells rows of the list apart: what an organisation owes for a patient stands beside what the patient owes. */
export const rowIdOf = ({ patient, organisation }: Pick<Debtor, 'patient' | 'organisation'>): string => `${patient.id} ${organisation?.id ?? ''}`
