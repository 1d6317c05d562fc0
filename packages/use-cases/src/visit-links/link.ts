import { createHash } from 'node:crypto'
import type { Tx } from '@yoman/db/database'
import type { Vault } from '@yoman/db/keys/vault'
import { insertVisitLink } from '@yoman/db/visit-links/queries'
import type { VisitLinkTable } from '@yoman/db/visit-links/table'
import { linkPlace } from '@yoman/domain/messages/template'
import type { Instant } from '@yoman/domain/time'
import { linkDays } from '@yoman/domain/visit-links/answer'
import type { Context } from '../context.ts'

const bytes = 16

/** A visit at one time. Where it moves to has a link of its own. */
export interface Occurrence {
  appointmentId: string
  startsAt: Instant
}

/**
 * The 128 bits that open a visit, as 22 letters. They follow from the visit and its time under a key that lies outside the database,
 * so that no table has to keep them: whoever reads the tables can open no link.
 */
export const visitToken = (vault: Vault, clinicId: string, { appointmentId, startsAt }: Occurrence): string =>
  vault.blindIndex(clinicId, 'visit link', `${appointmentId} ${startsAt.epochMilliseconds}`).subarray(0, bytes).toString('base64url')

/** All that is kept of a token. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()

/** What all links begin with. @param publicUrl with or without a slash at its end. */
export const linkPrefixOf = (publicUrl: string): string => `${publicUrl.replace(/\/+$/, '')}/`

/** Where the patient answers. @param publicUrl with or without a slash at its end. */
export const visitLink = (vault: Vault, publicUrl: string, clinicId: string, occurrence: Occurrence): string => `${linkPrefixOf(publicUrl)}v/${visitToken(vault, clinicId, occurrence)}`

/** Lets the link of a text open its visit, where the text has one; inside the transaction that writes the message. */
export async function openLinkOf(tx: Tx, ctx: Context, occurrence: Occurrence, words: { body: string }): Promise<void> {
  const row = linkRowOf(ctx, occurrence, words)
  if (row) await insertVisitLink(tx, row)
}

/** The row that lets the link of a text open its visit; null where the text has none. */
export function linkRowOf(ctx: Context, occurrence: Occurrence, { body }: { body: string }): VisitLinkTable | null {
  if (!body.includes(linkPlace)) return null
  return {
    clinic_id: ctx.clinicId, appointment_id: occurrence.appointmentId, appointment_starts_at: occurrence.startsAt, token_hash: tokenHash(visitToken(ctx.vault, ctx.clinicId, occurrence)),
    expires_at: occurrence.startsAt.add({ hours: 24 * linkDays }), created_at: ctx.now,
  }
}
