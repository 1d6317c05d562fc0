import { createHash } from 'node:crypto'
import type { Vault } from '@yoman/db/keys/vault'

const bytes = 16

/**
 * The 128 bits that open an offer, as 22 letters. They follow from the offer's id under a key that lies outside the database, so
 * that neither the offer nor its message has to keep them: whoever reads the tables can open no link.
 */
export const offerToken = (vault: Vault, clinicId: string, offerId: string): string => vault.blindIndex(clinicId, 'waitlist offer', offerId).subarray(0, bytes).toString('base64url')

/** All that is kept of a token. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Where the patient answers. @param publicUrl without a slash at its end, or with one. */
export const offerLink = (vault: Vault, publicUrl: string, clinicId: string, offerId: string): string => `${publicUrl.replace(/\/+$/, '')}/o/${offerToken(vault, clinicId, offerId)}`
