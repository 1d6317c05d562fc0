import type { Drug } from '@yoman/domain/letters/letter'
import type { DocumentLanguage } from '@yoman/domain/plans/shown'

export interface Draft {
  title: string
  body: string
  templateSeq: number
}

/** What was typed of a letter that is not signed yet. */
export interface Unsigned {
  language: DocumentLanguage
  texts: Partial<Record<DocumentLanguage, Draft>>
  drugs: Drug[]
}

const all = new Map<string, Unsigned>()

/** A dialog that was closed by a slip gives its words back; they lie in this window's memory alone, and go with it. */
export const keptLetter = (key: string): Unsigned | undefined => all.get(key)
export const keepLetter = (key: string, letter: Unsigned): void => void all.set(key, letter)
export const forgetLetter = (key: string): void => void all.delete(key)
