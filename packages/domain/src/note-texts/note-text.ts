import { type Actor, allow } from '../access.ts'
import { Forbidden } from '../refusal.ts'

export type NoteTextKind = 'template' | 'snippet'

/** Letters that expand: no space, and neither of the two signs that begin them. */
export const snippetLetters = /^[^\s;/]{1,20}$/u

/** The clinic's texts are set up by who sets up the clinic, one's own by who writes notes; nobody touches another's. Throws `Forbidden`. */
export function allowToKeep(actor: Actor, ownerId: string | null): void {
  allow(actor, ownerId === null ? 'settings.write' : 'note.write')
  if (ownerId !== null && ownerId !== actor.staffId) throw new Forbidden('note_text.write')
}
