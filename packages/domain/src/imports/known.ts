import type { PatientDetails } from '../patients/details.ts'
import { searchName } from '../people/search-name.ts'

/** What makes two rows, or a row and a record, one person: the identifier, or the name with a phone. */
export function personKeys(details: Pick<PatientDetails, 'identifier' | 'phones' | 'givenName' | 'familyName'>): string[] {
  const name = searchName(`${details.givenName} ${details.familyName}`).split(' ').sort().join(' ')
  const { identifier } = details
  return [
    ...(identifier ? [`id:${identifier.kind}:${identifier.country ?? ''}:${identifier.value}`] : []),
    ...details.phones.map(({ number }) => `phone:${number}:${name}`),
  ]
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe before it; everything else stays as it is. */
export const formulaSafe = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)
