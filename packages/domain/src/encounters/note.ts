import { Refusal } from '../refusal.ts'

/** Of one note, one amendment, one text that is set aside: some twenty printed pages. */
export const mostNoteLetters = 50_000

/** Letters as they are counted for the limit: Unicode characters, with vowel points, spaces and line breaks. */
export function noteLength(body: string): number {
  let length = 0
  for (let index = 0; index < body.length; index += (body.codePointAt(index) ?? 0) > 0xffff ? 2 : 1) length += 1
  return length
}

/** Throws `note_too_long` with the text's `length` and the `most` that is possible. */
export function checkNoteLength(body: string): void {
  const length = noteLength(body)
  if (length > mostNoteLetters) throw new Refusal('note_too_long', { length, most: mostNoteLetters })
}

/** The newest version of a note that counts as its text: a draft, or what was signed. */
export interface NoteNow {
  seq: number
  kind: 'draft' | 'signed'
  body: string
  authorId: string
  /** ISO instant. */
  writtenAt: string
}

export interface EncounterNow {
  status: 'draft' | 'signed'
  note: NoteNow | null
  /** The number of the newest version of any kind: texts that were set aside count here, and nowhere else. */
  lastSeq: number
}

/**
 * What an autosave writes: a version after `baseSeq`, or nothing where the text is what is already kept (a repeated request,
 * a keystroke taken back). Throws `note_already_signed`, `note_too_long`, or `stale_version` with the newer version's `current`,
 * `authorId` and `writtenAt`, so that no two people write over each other.
 */
export function draftAfter(encounter: EncounterNow, { baseSeq, body, authorId }: { baseSeq: number; body: string; authorId: string }): { seq: number; write: boolean } {
  if (encounter.status === 'signed') throw new Refusal('note_already_signed')
  const { note } = encounter
  const current = note?.seq ?? 0
  if (note && note.body === body && note.authorId === authorId) return { seq: current, write: false }
  checkNoteLength(body)
  if (baseSeq !== current) throw stale(encounter)
  return { seq: encounter.lastSeq + 1, write: true }
}

/**
 * The version that a signature writes: the text of the draft that was read, now final. Throws `note_already_signed`,
 * `stale_version` where the draft moved on since, `note_empty`, `not_the_author`: one signs one's own words.
 */
export function signatureOf(encounter: EncounterNow, { seq, staffId }: { seq: number; staffId: string }): { seq: number; body: string } {
  if (encounter.status === 'signed') throw new Refusal('note_already_signed')
  const { note } = encounter
  if (note?.seq !== seq) throw stale(encounter)
  if (isBlank(note.body)) throw new Refusal('note_empty')
  if (note.authorId !== staffId) throw new Refusal('not_the_author')
  return { seq: encounter.lastSeq + 1, body: note.body }
}

/**
 * The version that keeps a text beside the note: the one that was not chosen where two people wrote. Throws
 * `note_already_signed` (an amendment keeps what comes later), `note_empty`, `note_too_long`.
 */
export function asideAfter(encounter: EncounterNow, body: string): { seq: number } {
  checkUnsigned(encounter)
  if (isBlank(body)) throw new Refusal('note_empty')
  checkNoteLength(body)
  return { seq: encounter.lastSeq + 1 }
}

/** Checks an addition to a signed note. Throws `note_not_signed`, `amendment_needs_reason`, `note_empty`, `note_too_long`. */
export function checkAmendment(encounter: EncounterNow, { reason, body }: { reason: string; body: string }): void {
  if (encounter.status !== 'signed') throw new Refusal('note_not_signed')
  if (isBlank(reason)) throw new Refusal('amendment_needs_reason')
  if (isBlank(body)) throw new Refusal('note_empty')
  checkNoteLength(body)
}

/** Whether what was done may still be changed. Throws `note_already_signed`: the list is part of what was signed. */
export function checkUnsigned(encounter: Pick<EncounterNow, 'status'>): void {
  if (encounter.status === 'signed') throw new Refusal('note_already_signed')
}

const isBlank = (text: string): boolean => !/[^\s\p{Cf}]/u.test(text)

function stale({ note }: Pick<EncounterNow, 'note'>): Refusal {
  return note ? new Refusal('stale_version', { current: note.seq, authorId: note.authorId, writtenAt: note.writtenAt }) : new Refusal('stale_version', { current: 0 })
}
