/** What a record should have in the end and a call in a hurry leaves out, in the order in which it is asked for. */
export const completable = ['family_name', 'phone', 'identifier', 'birth_date'] as const
export type Missing = (typeof completable)[number]

/** What is still to be asked of the patient. The identity number and birth date identify a person on invoices and referrals in Israel. */
export function missingOf(details: { familyName: string; phones: readonly unknown[]; identifier: unknown; birthDate: unknown }): Missing[] {
  const has: Record<Missing, boolean> = {
    family_name: details.familyName !== '',
    phone: details.phones.length > 0,
    identifier: details.identifier !== null,
    birth_date: details.birthDate !== null,
  }
  return completable.filter((field) => !has[field])
}
