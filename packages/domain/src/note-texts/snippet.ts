import type { NoteTextKind } from './note-text.ts'

export interface SnippetTyped {
  /** Where the sign that begins it stands, in UTF-16 units. */
  start: number
  /** What was typed after it. */
  letters: string
}

/** What is being typed before the caret: `;` or `/` at the beginning of a word, and letters. Null inside words, dates and fractions. */
export function snippetTyped(text: string, caret: number): SnippetTyped | null {
  const found = /(?:^|\s)[;/]([^\s;/]{0,20})$/u.exec(text.slice(Math.max(0, caret - 24), caret))
  return found ? { start: caret - (found[1]?.length ?? 0) - 1, letters: found[1] ?? '' } : null
}

interface Named {
  kind: NoteTextKind
  own: boolean
  name: string
}

/** The snippets that begin with these letters, one's own before the clinic's of the same letters; whole hits first. */
export function snippetsFor<T extends Named>(texts: readonly T[], letters: string): T[] {
  const wanted = letters.toLowerCase()
  const snippets = texts.filter(({ kind, name }) => kind === 'snippet' && name.toLowerCase().startsWith(wanted))
  const seen = snippets.filter((one) => one.own || !snippets.some(({ own, name }) => own && name === one.name))
  return seen.toSorted((a, b) => a.name.length - b.name.length || a.name.localeCompare(b.name))
}

/** The template that a new note of this kind of visit begins with: one's own, else the clinic's. */
export const templateFor = <T extends { kind: NoteTextKind; own: boolean; visitTypeIds: readonly string[] }>(texts: readonly T[], visitTypeId: string): T | undefined =>
  texts.filter(({ kind, visitTypeIds }) => kind === 'template' && visitTypeIds.includes(visitTypeId)).toSorted((a, b) => Number(b.own) - Number(a.own))[0]
