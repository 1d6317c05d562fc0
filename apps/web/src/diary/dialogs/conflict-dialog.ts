import { shallowRef } from 'vue'
import type { DiaryVisit } from '@yoman/contract/diary'
import type { DiaryChange } from '@yoman/contract/diary-changes'
import { call } from '../../api.ts'
import { branch } from '../../branch.ts'

/** What I wanted of a visit: another place, or another note. */
export type Mine = { startsAt: string; endsAt: string; practitionerId: string } | { deskNote: string }

/** A change of mine that came too late: somebody else had changed the visit since I saw it. */
export interface Conflict {
  /** The visit as I saw it. */
  seen: DiaryVisit
  /** As it is now. */
  now: DiaryVisit
  mine: Mine
  /** Who changed it and when; null where that is not known. */
  by: Pick<DiaryChange, 'at' | 'by'> | null
  /** Does what I wanted, upon what is there now. */
  again: (now: DiaryVisit) => Promise<unknown>
  /** Theirs stays. */
  kept?: (() => void) | undefined
}

/** The open question, if there is one. */
export const conflict = shallowRef<Conflict | null>(null)

/** Who changed a visit last and when, as far as the diary's changes tell; null where they do not. Never throws: it is only a part of the picture. */
export async function lastChangeOf(appointmentId: string): Promise<Conflict['by']> {
  if (!branch.value) return null
  try {
    const { items } = await call('GET /diary-changes', { query: { branchId: branch.value.id } })
    return items.find((one) => one.appointmentId === appointmentId) ?? null
  } catch {
    return null // the two versions are what has to be seen; the name beside them may be missing
  }
}
