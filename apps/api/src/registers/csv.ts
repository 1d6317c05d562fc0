import { csvLine } from '@yoman/use-cases/imports/read'

/** A line of CSV: texts as everywhere, so that no spreadsheet runs them; a number is a sum in agorot and leaves as shekels, which stays a number also below nothing. */
export const registerLine = (cells: readonly (string | number)[]): string => `${cells.map((cell) => (typeof cell === 'number' ? (cell / 100).toFixed(2) : csvLine([cell]).trimEnd())).join(',')}\r\n`

/** The mark that tells a spreadsheet that the file is UTF-8. */
export const utf8Mark = '\ufeff'
