import { makeSecret } from '../waiting-rooms/make-secret.ts'
import type { FormView } from '@yoman/contract/forms'

export type Answers = Record<string, FormView['answers'][number]['value']>

interface Kept {
  device: string
  /** Answers that the server does not have yet, and what they stand on; null when it has all. */
  unsent: Answers | null
}

/**
 * What this browser keeps of one form until it is handed in: its secret, by which the server knows it again, and answers that are not
 * sent yet. On a patient's own phone it outlives the tab; on a device of the clinic it ends with it.
 */
export function keptAnswers(token: string, onClinicDevice: boolean): { device: string; unsent(): Answers | null; keep(unsent: Answers | null): void; forget(): void } {
  const storage = onClinicDevice ? sessionStorage : localStorage
  const key = `form-${token}`
  const read = (): Kept | null => JSON.parse(storage.getItem(key) ?? 'null') as Kept | null // we wrote it
  const device = read()?.device ?? makeSecret()
  const keep = (unsent: Answers | null): void => storage.setItem(key, JSON.stringify({ device, unsent } satisfies Kept))
  keep(read()?.unsent ?? null)
  return { device, unsent: () => read()?.unsent ?? null, keep, forget: () => storage.removeItem(key) }
}
