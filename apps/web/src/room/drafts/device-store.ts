import { instant, type Instant, isBefore } from '@yoman/domain/time'

/** A draft as it lies on the device: ids and times, and words that only their author's key opens. */
export interface SealedDraft {
  id: string
  staffId: string
  encounterId: string
  /** ISO instant of the business clock. */
  at: string
  /** Which of the author's keys opens it. */
  epoch: number
  nonce: Uint8Array<ArrayBuffer>
  sealed: ArrayBuffer
}

const database = 'drafts'
const store = 'draft'

/** Resolves when it survives the end of the browser; with `strict`, of the computer. Rejects where the browser keeps nothing (full disk). */
export const putSealed = (draft: SealedDraft, durability: IDBTransactionDurability): Promise<unknown> => inStore('readwrite', (drafts) => drafts.put(draft), durability)

export const removeSealed = (id: string): Promise<unknown> => inStore('readwrite', (drafts) => drafts.delete(id), 'relaxed')

export const allSealed = (): Promise<SealedDraft[]> => inStore('readonly', (drafts) => drafts.getAll())

/** A row without a time has no words either (older versions wrote such, in a rare moment); it must not hide the others. */
export function byAge(rows: readonly SealedDraft[], oldest: Instant): { old: SealedDraft[]; kept: SealedDraft[] } {
  const isOld = ({ at }: Partial<SealedDraft>): boolean => at === undefined || isBefore(instant(at), oldest)
  return { old: rows.filter(isOld), kept: rows.filter((row) => !isOld(row)) }
}

let opened: Promise<IDBDatabase> | null = null

async function inStore<T>(mode: IDBTransactionMode, work: (drafts: IDBObjectStore) => IDBRequest<T>, durability: IDBTransactionDurability = 'default'): Promise<T> {
  opened ??= open()
  const transaction = (await opened).transaction(store, mode, { durability })
  const request = work(transaction.objectStore(store))
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('the draft was not kept'))
  })
  return request.result
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(database, 1)
  return new Promise<IDBDatabase>((resolve, reject) => {
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'id' })
    request.onsuccess = () => {
      const again = (): void => void (opened = null) // somebody emptied the browser: the next one opens anew
      request.result.onclose = again
      request.result.onversionchange = () => (request.result.close(), again())
      resolve(request.result)
    }
    request.onerror = () => {
      opened = null
      reject(request.error ?? new Error('the browser keeps nothing'))
    }
  })
}
