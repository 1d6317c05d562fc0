import { businessNow } from '../../clock.ts'
import { ApiProblem } from '../../request.ts'
import { allSealed, byAge, putSealed, removeSealed, type SealedDraft } from './device-store.ts'
import { canSeal, draftKeys, type DraftKeys } from './draft-keys.ts'
import { draftsChanged, draftsInWindow, forgetInWindow } from './window-drafts.ts'

/** Words that were typed here and that the server may not have. */
export interface DeviceDraft {
  id: string
  encounterId: string
  appointmentId: string | null
  patient: string
  /** ISO instant of the last letter. */
  at: string
  body: string
}

/** Longer than any leave: after that nobody remembers the visit, and the device forgets it. */
const keptDays = 30
const lockName = (id: string): string => `draft:${id}`

/** Holds the draft as "being written in this window", so that no other window offers it. @returns how to let go. */
export function holdDraft(id: string): () => Promise<void> {
  if (!canSeal()) return () => Promise.resolve()
  let end = (): void => undefined
  const until = new Promise<void>((resolve) => (end = resolve))
  const held = navigator.locks.request(lockName(id), () => until)
  return async () => {
    end()
    await held
    draftsChanged.value += 1
  }
}

/** Seals and keeps it; resolves when it survives the end of the browser, or where it is `final` of the computer. Rejects where the device keeps nothing. */
export async function keepDraft(draft: DeviceDraft, { staffId, keys }: DraftKeys, final = false): Promise<void> {
  const [newest] = keys
  if (!newest) throw new Error('a person has a key')
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const row = { id: draft.id, staffId, encounterId: draft.encounterId, at: draft.at, epoch: newest.epoch, nonce }
  const words = new TextEncoder().encode(JSON.stringify({ body: draft.body, patient: draft.patient, appointmentId: draft.appointmentId }))
  await putSealed({ ...row, sealed: await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: placeOf(row) }, newest.key, words) }, final ? 'strict' : 'relaxed')
}

export async function forgetDraft(id: string): Promise<void> {
  forgetInWindow(id)
  if (canSeal()) await removeSealed(id)
}

/** My drafts that no open window writes in, newest first. Those of others stay as they are, until their time is over. */
export async function unsentDrafts(): Promise<DeviceDraft[]> {
  const sealed = canSeal() ? await sealedDrafts().catch(unlessAway) : []
  const here = draftsInWindow()
  const newer = new Set(here.map(({ id }) => id))
  return [...here, ...sealed.filter(({ id }) => !newer.has(id))].toSorted((a, b) => b.at.localeCompare(a.at))
}

/** The server was not reached for the key, or the browser keeps nothing: what lies there is offered the next time. */
function unlessAway(error: unknown): DeviceDraft[] {
  if (error instanceof ApiProblem || error instanceof DOMException) return []
  throw error
}

async function sealedDrafts(): Promise<DeviceDraft[]> {
  const [rows, mine, locks] = await Promise.all([allSealed(), draftKeys(), navigator.locks.query()])
  const held = new Set(locks.held?.map(({ name }) => name))
  const { old, kept } = byAge(rows, businessNow().subtract({ hours: keptDays * 24 }))
  await Promise.all(old.map(({ id }) => removeSealed(id)))
  const free = kept.filter(({ id, staffId }) => staffId === mine.staffId && !held.has(lockName(id)))
  const drafts = await Promise.all(free.map((row) => openDraft(row, mine)))
  return drafts.filter((draft) => draft !== null)
}

/** Null where none of my keys opens it: of another clinic's copy of this system at the same address, or damaged. */
async function openDraft(row: SealedDraft, { keys }: DraftKeys): Promise<DeviceDraft | null> {
  const key = keys.find(({ epoch }) => epoch === row.epoch)?.key
  if (!key) return null
  const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.nonce, additionalData: placeOf(row) }, key, row.sealed).catch(() => null)
  if (!opened) return null
  const words = JSON.parse(new TextDecoder().decode(opened)) as Pick<DeviceDraft, 'body' | 'patient' | 'appointmentId'> // our own form, authenticated
  return { id: row.id, encounterId: row.encounterId, at: row.at, ...words }
}

/** Bound into the seal: words that were moved to another note or person do not open. */
const placeOf = ({ id, staffId, encounterId, at, epoch }: Pick<SealedDraft, 'id' | 'staffId' | 'encounterId' | 'at' | 'epoch'>): Uint8Array<ArrayBuffer> => new TextEncoder().encode([id, staffId, encounterId, at, epoch].join('|'))
