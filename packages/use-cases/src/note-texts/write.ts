import type { Tx } from '@yoman/db/database'
import { deleteNoteText, insertNoteText, lockNoteText, type NoteTextRow, noteTextsFor, replaceStarts, saveNoteText } from '@yoman/db/note-texts/queries'
import { allow } from '@yoman/domain/access'
import { allowToKeep, type NoteTextKind, snippetLetters } from '@yoman/domain/note-texts/note-text'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

/** The clinic's templates and snippets, and those of who asks. */
export async function readNoteTexts(ctx: Context) {
  allow(ctx.actor, 'note_text.read')
  const rows = await read(ctx, (db) => noteTextsFor(db, ctx.actor.staffId ?? ''))
  return rows.map(view)
}

interface Words {
  name: string
  body: string
  /** Kinds of visit whose notes begin with it; of a template alone. */
  visitTypeIds: readonly string[]
}

export interface NewNoteText extends Words {
  id: string
  kind: NoteTextKind
  own: boolean
}

/** Adds one; a repeated request finds its own. Throws `note_text_name_taken`, `snippet_letters`, `reference_unknown`, `id_taken`. */
export async function addNoteText(ctx: Context, { id, kind, own, ...words }: NewNoteText) {
  const ownerId = own ? (ctx.actor.staffId ?? null) : null
  allowToKeep(ctx.actor, ownerId)
  check(kind, words)
  return transact(ctx, async (tx) => {
    const known = await lockNoteText(tx, id)
    if (known && (known.owner_id !== ownerId || known.kind !== kind || known.name !== words.name || known.body !== words.body)) throw new Refusal('id_taken')
    if (known) return view(known)
    await insertNoteText(tx, { clinic_id: ctx.clinicId, id, kind, owner_id: ownerId, name: words.name, body: words.body })
    await replaceStarts(tx, { clinicId: ctx.clinicId, id, ownerId }, words.visitTypeIds)
    return settle(tx, ctx, id, 'added')
  })
}

/** Throws `stale_version`, `note_text_name_taken`, `snippet_letters`, `reference_unknown`. */
export async function changeNoteText(ctx: Context, id: string, { version, ...words }: Words & { version: number }) {
  return transact(ctx, async (tx) => {
    const row = await locked(tx, ctx, id)
    check(row.kind, words)
    if (row.version !== version) throw new Refusal('stale_version', { current: row.version })
    await saveNoteText(tx, row, { name: words.name, body: words.body })
    await replaceStarts(tx, { clinicId: ctx.clinicId, id, ownerId: row.owner_id }, words.visitTypeIds)
    return settle(tx, ctx, id, 'changed')
  })
}

/** Notes that were written with it keep its words. */
export async function removeNoteText(ctx: Context, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await locked(tx, ctx, id)
    await deleteNoteText(tx, row.id)
    await record(tx, ctx, row, 'removed')
  })
}

/** Another person's own does not exist. Throws `Forbidden` for the clinic's where one may not. */
async function locked(tx: Tx, ctx: Context, id: string): Promise<NoteTextRow> {
  allow(ctx.actor, 'note_text.write')
  const row = await lockNoteText(tx, id)
  if (!row || (row.owner_id !== null && row.owner_id !== ctx.actor.staffId)) throw new NotFound('note_text')
  allowToKeep(ctx.actor, row.owner_id)
  return row
}

function check(kind: NoteTextKind, { name }: Words): void {
  if (kind === 'snippet' && !snippetLetters.test(name)) throw new Refusal('snippet_letters')
}

async function settle(tx: Tx, ctx: Context, id: string, how: string) {
  const row = await lockNoteText(tx, id)
  if (!row) throw new NotFound('note_text')
  await record(tx, ctx, row, how)
  return view(row)
}

const record = (tx: Tx, ctx: Context, row: NoteTextRow, how: string): Promise<void> =>
  recordEvents(tx, ctx, [{ name: 'note_text.changed', subject: { type: 'note_text', id: row.id }, details: { how, kind: row.kind, own: row.owner_id !== null } }])

const view = (row: NoteTextRow) => ({ id: row.id, kind: row.kind, own: row.owner_id !== null, name: row.name, body: row.body, visitTypeIds: row.visit_type_ids, version: row.version })
