import type { InvoiceKind } from '../invoices/invoice.ts'
import type { Agorot } from '../money/agorot.ts'
import type { PlainDate } from '../time.ts'

/** What the authority is told of a document. No treatment is among it: what was done to a patient is no matter of the tax. */
export interface AllocationRequest {
  /** Of the document: the same at every try, so that one which was answered unheard is answered the same again. */
  invoiceId: string
  kind: InvoiceKind
  number: number
  issuedOn: PlainDate
  /** Nine digits of who issued it and of who pays. */
  vatNumber: string
  dealerNumber: string
  payerName: string
  net: Agorot
  vat: Agorot
  total: Agorot
  vatBasisPoints: number
}

/** What came back. `refused` carries the authority's code and words; `unreachable` is no answer at all, or one about its own trouble. */
export type AllocationAnswer =
  | { kind: 'approved'; number: string }
  | { kind: 'refused'; code: number; message: string }
  | { kind: 'unauthorised' }
  | { kind: 'unreachable'; message: string }

export interface Tokens {
  access: string
  accessSeconds: number
  /** Used once: each answer brings the next. */
  refresh: string
  refreshSeconds: number
}

export type TokenAnswer = { kind: 'tokens'; tokens: Tokens } | { kind: 'rejected'; message: string } | { kind: 'unreachable'; message: string }

/** The Tax Authority's allocation service. Nothing here throws for what the network or the authority does: whatever happened is in the answer. */
export interface TaxAuthority {
  /** Of a consent that came back to `redirectUri`. */
  tokensOfCode(code: string, redirectUri: string): Promise<TokenAnswer>
  refresh(refreshToken: string): Promise<TokenAnswer>
  approve(accessToken: string, request: AllocationRequest): Promise<AllocationAnswer>
}
