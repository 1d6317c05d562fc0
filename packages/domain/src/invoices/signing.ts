import { Refusal } from '../refusal.ts'
import { type Instant, isAfter, isBefore } from '../time.ts'

/** With what a business signs its documents, each as PEM. Never leaves the house unsealed. */
export interface SigningIdentity {
  /** RSA. */
  key: string
  /** Its own first, then those that vouch for it. */
  certificates: readonly string[]
}

/** What a certificate says of itself. */
export interface CertificateFacts {
  /** Whose it is: the common name, else the organisation. */
  subject: string
  issuer: string
  /** Hexadecimal, as the issuer counts. */
  serial: string
  validFrom: Instant
  validTo: Instant
  /** SHA-256 of the certificate, hexadecimal. */
  fingerprint: string
}

/** Refuses `certificate_expired` and `certificate_not_yet_valid` of one that would sign nothing that is issued now. */
export function requireValid({ validFrom, validTo }: Pick<CertificateFacts, 'validFrom' | 'validTo'>, now: Instant): void {
  if (!isAfter(validTo, now)) throw new Refusal('certificate_expired', { validTo: validTo.toString() })
  if (isAfter(validFrom, now)) throw new Refusal('certificate_not_yet_valid', { validFrom: validFrom.toString() })
}

/**
 * Whether a document is signed with a certificate: one that held when the document was issued, which is the time that the signature names.
 * What was issued before the business had it stays as it was.
 */
export const signs = ({ validFrom, validTo }: Pick<CertificateFacts, 'validFrom' | 'validTo'>, issuedAt: Instant): boolean => !isBefore(issuedAt, validFrom) && isBefore(issuedAt, validTo)
