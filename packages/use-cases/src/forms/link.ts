import { createHash } from 'node:crypto'
import type { Vault } from '@yoman/db/keys/vault'

const bytes = 16

/**
 * The 128 bits that open a form, as 22 letters. They follow from the response's id under a key that lies outside the database, so
 * that no table has to keep them: whoever reads the tables can open no link.
 */
export const formToken = (vault: Vault, clinicId: string, responseId: string): string => vault.blindIndex(clinicId, 'form response', responseId).subarray(0, bytes).toString('base64url')

/** All that is kept of a token, or of a browser's secret. */
export const secretHash = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** Where the patient fills it in. The token stands behind the `#`, which no server's log ever sees. @param publicUrl with or without a slash at its end. */
export const formLink = (vault: Vault, publicUrl: string, clinicId: string, responseId: string): string => `${publicUrl.replace(/\/+$/, '')}/f#${formToken(vault, clinicId, responseId)}`
