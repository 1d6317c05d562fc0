import { findEncounter, findVersion, versionsOf } from '@yoman/db/encounters/queries'
import { allow } from '@yoman/domain/access'
import { worthLookingUp } from '@yoman/domain/encounters/earlier-versions'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'
import { openNote } from './view.ts'

/** The versions of a note that are worth looking up, oldest first, without their texts. */
export async function noteVersions(ctx: Context, encounterId: string) {
  allow(ctx.actor, 'note.read')
  return read(ctx, async (db) => {
    const [encounter, rows] = await Promise.all([findEncounter(db, encounterId), versionsOf(db, encounterId)])
    if (!encounter) throw new NotFound('encounter')
    const marks = rows.map((row) => ({ seq: row.seq, kind: row.kind, authorId: row.author_id, authorName: row.author_name, writtenAt: row.written_at, size: row.size }))
    const items = worthLookingUp(marks).map(({ seq, kind, authorId, authorName, writtenAt }) => ({ seq, kind, authorId, authorName, writtenAt: writtenAt.toString() }))
    return { encounter, items }
  })
}

/** One version with its text. */
export async function noteVersion(ctx: Context, encounterId: string, seq: number) {
  allow(ctx.actor, 'note.read')
  return read(ctx, async (db) => {
    const [sealer, encounter, row] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), findEncounter(db, encounterId), findVersion(db, encounterId, seq)])
    if (!encounter || !row) throw new NotFound('note_version')
    return { encounter, version: { seq: row.seq, kind: row.kind, body: openNote(sealer, row), authorId: row.author_id, writtenAt: row.written_at.toString() } }
  })
}
