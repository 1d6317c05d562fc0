import { call } from '../../api.ts'
import { me } from '../../session.ts'
import { watch } from 'vue'

/*
 * The keys of what lies on this device, of the person who sits here. They come from the server after sign-in, live in
 * memory, cannot be read out by a script, and are gone with the session.
 */
export interface DraftKeys {
  staffId: string
  /** Newest first; new drafts are sealed under the first. */
  keys: readonly { epoch: number; key: CryptoKey }[]
}

/** Whether this page can seal at all: browsers do so on https and on localhost alone. */
export const canSeal = (): boolean => isSecureContext && 'subtle' in crypto && 'indexedDB' in globalThis

let known: { staffId: string; keys: Promise<DraftKeys> } | null = null
watch(() => me.value?.staffId, (staffId) => known && known.staffId !== staffId && (known = null))

/** Mine. Throws `ApiProblem` where the server cannot be asked. */
export function draftKeys(): Promise<DraftKeys> {
  const staffId = me.value?.staffId ?? ''
  if (known?.staffId !== staffId) known = { staffId, keys: ask(staffId) }
  known.keys.catch(() => (known = null)) // the next one asks again
  return known.keys
}

async function ask(staffId: string): Promise<DraftKeys> {
  const { items } = await call('GET /draft-keys', {})
  return { staffId, keys: await Promise.all(items.map(async ({ epoch, key }) => ({ epoch, key: await crypto.subtle.importKey('raw', bytesOf(key), 'AES-GCM', false, ['encrypt', 'decrypt']) }))) }
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
