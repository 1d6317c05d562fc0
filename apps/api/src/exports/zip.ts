import { Zip, ZipDeflate } from 'fflate'

export interface ZipEntry {
  name: string
  chunks: AsyncIterable<string>
}

/** A zip file as it comes into being: one entry after the other, never more of it in memory than a page. */
export async function* zipped(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    ready.push(chunk)
  })
  const encoder = new TextEncoder()
  for await (const { name, chunks } of entries) {
    const file = new ZipDeflate(name, { level: 6 })
    zip.add(file)
    for await (const chunk of chunks) {
      file.push(encoder.encode(chunk))
      yield* ready.splice(0)
    }
    file.push(new Uint8Array(), true)
    yield* ready.splice(0)
  }
  zip.end()
  yield* ready.splice(0)
}
