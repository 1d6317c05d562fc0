// A third reading of the file: by the table of the specification alone, sharing nothing with the writer or the check.
import specification from './openfrmt-fields.fixture.json' with { type: 'json' }

type Read = Record<number, string>

/** Each line's fields by their numbers, blanks around them gone. Throws where a line is not as long as its table says. */
export const readByTable = (text: string): Read[] =>
  text.split('\r\n').slice(0, -1).map((line) => {
    const code = line.length === specification.lengths.SUM ? 'SUM' : line.slice(0, 4)
    const fields = specification.records[code as keyof typeof specification.records]
    if (line.length !== specification.lengths[code as keyof typeof specification.lengths]) throw new Error(`${code} has ${line.length} characters`)
    return Object.fromEntries(fields.filter(({ len }) => len > 0).map(({ no, start, end }) => [no, line.slice(Number(start) - 1, Number(end)).trim()]))
  })

export const total = (records: readonly Read[], no: number): number => records.reduce((sum, record) => sum + Number(record[no]), 0)
