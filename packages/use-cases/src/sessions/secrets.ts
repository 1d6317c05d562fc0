import { createHash, randomBytes } from 'node:crypto'

/** A secret of 256 bits for a person's browser or link. */
export const makeSecret = (): string => randomBytes(32).toString('base64url')

/** What the record keeps of a secret. A plain hash is enough for 256 random bits (ASVS 6.5.2). */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()
