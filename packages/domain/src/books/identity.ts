import type { Instant } from '../time.ts'

/** Fifteen digits that are this production's own (uniform file 1.31, clarification 2): made of the random part of the export's id. */
export const primaryIdOf = (exportId: string): string =>
  (BigInt(`0x${exportId.replaceAll('-', '').slice(-15)}`) % 1_000_000_000_000_000n).toString().padStart(15, '0')

/**
 * Where the files belong, with the drive left to whoever unpacks them: `OPENFRMT/<first 8 digits of the VAT number>.<YY>/<MMDDhhmm>`
 * (uniform file 1.31, 2.1), by the wall of `zone`. A second production of the same minute takes the next: `taken` are those there are.
 */
export function folderOf(vatNumber: string, zone: string, madeAt: Instant, taken: ReadonlySet<string>): string {
  for (let at = madeAt; ; at = at.add({ minutes: 1 })) {
    const { year, month, day, hour, minute } = at.toZonedDateTimeISO(zone)
    const folder = `OPENFRMT/${vatNumber.slice(0, 8)}.${two(year % 100)}/${[month, day, hour, minute].map(two).join('')}`
    if (!taken.has(folder)) return folder
  }
}

const two = (number: number): string => String(number).padStart(2, '0')

/** Nine digits, as every dealer's number has. */
export const isVatNumber = (text: string): boolean => /^\d{9}$/.test(text)
