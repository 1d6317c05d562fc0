import type { LiveNotice } from '@yoman/contract/live'

/** Somebody who has the note open in another window. */
export interface Present {
  tab: string
  line: string
  staffId: string
  writing: boolean
  /** ISO instant. */
  since: string
  /** The version that their text stands on. */
  seq: number
  /** When they were last heard of, in milliseconds. */
  heardMs: number
}

/** Twice the pause between two signs of life, which a hidden window may send once a minute. */
export const forgottenMs = 150_000

/** Who is in the note after a notice; the same list where it is about something else, or about this very window. */
export function afterNotice(present: readonly Present[], { name, id, presence }: LiveNotice, here: { encounterId: string; tab: string; nowMs: number }): readonly Present[] {
  if (!presence) return present
  if (name === 'presence.gone') return without(present, ({ line }) => line === presence.line)
  if (!('tab' in presence) || id !== here.encounterId || presence.tab === here.tab) return present
  const others = present.filter(({ tab }) => tab !== presence.tab)
  if (presence.doing === 'left') return without(present, ({ tab }) => tab === presence.tab)
  const { tab, line, staffId, since, seq } = presence
  return [...others, { tab, line, staffId, since, seq, writing: presence.doing === 'writing', heardMs: here.nowMs }].toSorted((a, b) => a.since.localeCompare(b.since))
}

export const stillThere = (present: readonly Present[], nowMs: number): readonly Present[] => without(present, ({ heardMs }) => nowMs - heardMs > forgottenMs)

function without(present: readonly Present[], gone: (one: Present) => boolean): readonly Present[] {
  return present.some(gone) ? present.filter((one) => !gone(one)) : present
}
