import type { Accounts } from '@yoman/domain/books/accounts'
import type { BookFormat } from '@yoman/domain/books/export'
import type { BookSummary } from '@yoman/domain/books/summary'
import type { InvoiceKind } from '@yoman/domain/invoices/invoice'
import type { Instant, PlainDate } from '@yoman/domain/time'

/** The business as the books name it. */
export interface BookBusiness {
  name: string
  vatNumber: string
  address: string
  city: string
}

/** The program that writes the files, as the Tax Authority asks for it. */
export interface BookSoftware {
  name: string
  version: string
  /** Eight digits; zeros until it is registered. */
  registration: string
  /** Nine digits; zeros where the maker has told none. */
  vendorVatNumber: string
  vendor: string
}

export interface BookExportTable {
  clinic_id: string
  id: string
  format: BookFormat
  from_on: PlainDate
  to_on: PlainDate
  time_zone: string
  business: BookBusiness
  software: BookSoftware
  accounts: Accounts
  cut: Partial<Record<InvoiceKind, number>>
  branches: boolean
  folder: string | null
  summary: BookSummary & { otherBusiness: number }
  made_at: Instant
  made_by: string
}
