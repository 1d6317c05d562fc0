import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

export interface ZipEntry {
  name: string
  /** Text leaves as UTF-8, bytes as they are. */
  chunks: AsyncIterable<string | Uint8Array>
  /** Milliseconds since 1970, where the same content must be the same file. */
  madeAtMs?: number
  /** Of what is packed already. */
  asItIs?: boolean
}

/** A zip file as it comes into being: one entry after the other, never more of it in memory than a page. */
export async function* zipped(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    ready.push(chunk)
  })
  const encoder = new TextEncoder()
  for await (const { name, chunks, madeAtMs, asItIs } of entries) {
    const file = asItIs ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 })
    if (madeAtMs !== undefined) file.mtime = madeAtMs
    zip.add(file)
    for await (const chunk of chunks) {
      file.push(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)
      yield* ready.splice(0)
    }
    file.push(new Uint8Array(), true)
    yield* ready.splice(0)
  }
  zip.end()
  yield* ready.splice(0)
}
