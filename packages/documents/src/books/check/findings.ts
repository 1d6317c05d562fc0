/** What may be wrong with a uniform file; `note` is worth knowing and breaks no rule. */
export const findingCodes = {
  ini_missing: 'error', data_missing: 'error', file_empty: 'error', line_end: 'error', bytes_wrong: 'error', utf8: 'error', charset_unknown: 'error',
  record_unknown: 'error', record_misplaced: 'error', length_wrong: 'error', not_digits: 'error', not_signed: 'error', mandatory_empty: 'error', date_wrong: 'error', time_wrong: 'error',
  constant_wrong: 'error', record_number: 'error', tax_number_differs: 'error', primary_id_differs: 'error', total_records: 'error', summary_wrong: 'error', period_missing: 'error', path_wrong: 'error', unregistered: 'note',
  date_in_future: 'error', date_outside_period: 'error', kind_unknown: 'error', document_twice: 'error', series_gap: 'error', document_without_lines: 'error', document_without_payments: 'error',
  line_without_document: 'error', line_number: 'error', line_date_differs: 'error', link_differs: 'error', base_half_named: 'error', method_unknown: 'error', cheque_incomplete: 'note',
  sign_wrong: 'error', line_product: 'error', lines_sum: 'error', discount_sum: 'error', total_sum: 'error', vat_wrong: 'error', receipt_sum: 'error', payments_sum: 'error', customer_unknown: 'note',
  side_wrong: 'error', entry_unbalanced: 'error', entry_line: 'error', account_unknown: 'error', account_twice: 'error', account_totals: 'error',
} as const satisfies Record<string, 'error' | 'note'>
export type FindingCode = keyof typeof findingCodes

export interface Finding {
  file: 'INI' | 'BKMVDATA'
  /** From 1; null where a whole file is meant. */
  line: number | null
  record: string | null
  /** The field's number in the specification. */
  field: number | null
  code: FindingCode
  found: string | null
  expected: string | null
}

/** Of one kind at most this many are listed: a fault of the writer stands in every line. */
export const mostOfOneCode = 20

export interface Findings {
  tell(code: FindingCode, at: Partial<Omit<Finding, 'code'>> & { file: Finding['file'] }): void
  listed: Finding[]
  counts: Map<FindingCode, number>
}

export function collectFindings(): Findings {
  const listed: Finding[] = []
  const counts = new Map<FindingCode, number>()
  return {
    listed,
    counts,
    tell(code, { file, line = null, record = null, field = null, found = null, expected = null }) {
      const count = (counts.get(code) ?? 0) + 1
      counts.set(code, count)
      if (count <= mostOfOneCode) listed.push({ file, line, record, field, code, found, expected })
    },
  }
}
