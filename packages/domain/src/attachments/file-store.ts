/** One thing in a file store, and when it was written (milliseconds since 1970, by the store's own clock). */
export interface StoredFile {
  key: string
  writtenAtMs: number
}

/**
 * Where the bytes of attachments lie: a folder, or a bucket. It is given sealed bytes only and never learns a name.
 * Keys look like `<clinic>/<uuid>`; nothing that a person typed is ever part of one.
 */
export interface FileStore {
  /** Resolves when the bytes would survive a power cut. `length` is how many there are. Throws `storage_full`. */
  put(key: string, bytes: AsyncIterable<Uint8Array>, length: number): Promise<void>
  /** Throws `attachment_damaged` where there is nothing under the key: whoever asks has a row that says there is. */
  get(key: string): Promise<AsyncIterable<Uint8Array>>
  /** Nothing happens where it is gone already. */
  remove(key: string): Promise<void>
  /** Everything of one clinic, in no order. */
  list(clinicId: string): AsyncIterable<StoredFile>
}
