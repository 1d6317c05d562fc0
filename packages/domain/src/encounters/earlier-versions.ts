import { type Instant, minutesBetween } from '../time.ts'

/** One version of a note without its text. */
export interface VersionMark {
  seq: number
  kind: 'draft' | 'aside' | 'signed' | 'amendment'
  authorId: string
  writtenAt: Instant
  /** Bytes; smaller than the one before where words were taken out. */
  size: number
}

const apartMinutes = 5
/** A correction of a word is no loss; a sentence that is gone is. */
const lostBytes = 20

/**
 * The versions that are worth looking up, oldest first: a note is saved every few seconds, and a list of hundreds shows nobody
 * anything. Kept are the newest, what was set aside, amended or signed, the last words of each author before another wrote, the
 * last before a pause of five minutes or more, and each from which the next one took words away.
 */
export function worthLookingUp<V extends VersionMark>(versions: readonly V[]): V[] {
  const drafts = versions.filter(({ kind }) => kind === 'draft')
  const following = new Map(drafts.map((draft, index) => [draft.seq, drafts[index + 1]]))
  return versions.filter((version) => version.kind !== 'draft' || endsSomething(version, following.get(version.seq)))
}

function endsSomething(version: VersionMark, next: VersionMark | undefined): boolean {
  if (!next) return true
  if (next.authorId !== version.authorId || next.size < version.size - lostBytes) return true
  return minutesBetween(version.writtenAt, next.writtenAt) >= apartMinutes
}
