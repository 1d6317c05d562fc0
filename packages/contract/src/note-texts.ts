import { type Static, Type } from 'typebox'
import { ById, Choice, Exact, Line, Nothing, Text, Uuid, Version } from './common.ts'
import { routeTable } from './route.ts'

const words = {
  /** Of a snippet: the letters that are typed. */
  name: Line(80, 1),
  /** `[__]` is a place to fill in, `[a|b]` one of several words. */
  body: Text(10_000, 1),
  /** Kinds of visit whose notes begin with this template; no other of the same owner begins them any more. */
  visitTypeIds: Type.Array(Uuid, { maxItems: 200, uniqueItems: true }),
}

/** A text that notes are made of: of the clinic, or one's own. */
export const NoteText = Exact({ id: Uuid, kind: Choice(['template', 'snippet']), own: Type.Boolean(), ...words, version: Version })
export type NoteText = Static<typeof NoteText>

export const noteTextRoutes = routeTable({
  'GET /note-texts': { permission: 'note_text.read', audit: 'none', summary: "Templates and snippets: the clinic's and my own.", status: 200, response: Exact({ items: Type.Array(NoteText) }) },
  'POST /note-texts': {
    permission: 'note_text.write',
    audit: 'write',
    summary: 'Add a template or a snippet. The same id again answers the same one.',
    body: Exact({ id: Uuid, kind: Choice(['template', 'snippet']), own: Type.Boolean(), ...words }),
    status: 201,
    response: NoteText,
    problems: ['id_taken', 'note_text_name_taken', 'note_text_start_taken', 'snippet_letters', 'reference_unknown'],
  },
  'PUT /note-texts/:id': {
    permission: 'note_text.write',
    audit: 'write',
    summary: 'Change one. Notes that were written with it stay as they are.',
    params: ById,
    body: Exact({ version: Version, ...words }),
    status: 200,
    response: NoteText,
    problems: ['stale_version', 'note_text_name_taken', 'note_text_start_taken', 'snippet_letters', 'reference_unknown'],
  },
  'DELETE /note-texts/:id': { permission: 'note_text.write', audit: 'write', summary: 'Remove one. Notes that were written with it stay as they are.', params: ById, status: 204, response: Nothing },
})
