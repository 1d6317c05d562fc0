/** What a row is called in the preview of a merge; `other` where nobody would ask for it by name. */
export const carriedKinds = ['visits', 'notes', 'teeth', 'documents', 'messages', 'invoices', 'payments', 'tasks', 'calls', 'orders', 'plans', 'series', 'waitlist', 'consents', 'relations', 'answers', 'other'] as const
export type CarriedKind = (typeof carriedKinds)[number]

/**
 * Every table that names a patient, and what becomes of its rows when two records are merged: they come over, each recorded, or
 * stay with the merged record, hidden, where a unique rule says that the survivor has such a row already. `clinical` ones are
 * counted only for who may read notes. tests/architecture/merges.test.ts holds the list against the database.
 */
export const carriedTables: Readonly<Record<string, { kind: CarriedKind; clinical?: true }>> = {
  account_statement: { kind: 'invoices' },
  appointment: { kind: 'visits' },
  attachment: { kind: 'documents' },
  consent: { kind: 'consents' },
  contact: { kind: 'calls' },
  conversation: { kind: 'messages' },
  debt_pause: { kind: 'other' },
  custom_value: { kind: 'answers', clinical: true },
  encounter: { kind: 'notes', clinical: true },
  form_response: { kind: 'answers', clinical: true },
  inbound_message: { kind: 'messages' },
  invoice: { kind: 'invoices' },
  letter: { kind: 'documents', clinical: true },
  message: { kind: 'messages' },
  next_visit_order: { kind: 'orders' },
  patient_payer: { kind: 'other' },
  patient_relation: { kind: 'relations' },
  patient_tag: { kind: 'other' },
  payment: { kind: 'payments' },
  reported_alert: { kind: 'answers', clinical: true },
  reminder_wish: { kind: 'consents' },
  series: { kind: 'series' },
  task: { kind: 'tasks' },
  tooth_finding: { kind: 'teeth', clinical: true },
  treatment_plan: { kind: 'plans' },
  waitlist_entry: { kind: 'waitlist' },
}

/** Tables that name a patient and are not carried over by rows, each with its reason. */
export const notCarried: Readonly<Record<string, string>> = {
  patient: 'merged_into is the merge itself',
  patient_phone: 'phones are chosen with the details, and kept sealed for the undo',
  patient_search: 'the search index is written anew for both',
  patient_merge: 'says which two were merged',
}
