import { unzip, type UnzipFileFilter } from 'fflate'
import { Refusal } from '@yoman/domain/refusal'

const mostBytes = 32 * 1024 * 1024
/** Far more than an honest file of that size takes: a zip that lies of its size is stopped here. */
const mostMs = 10_000
const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b
const tooLarge = (): Refusal => new Refusal('file_too_large', { megabytes: mostBytes / 1024 / 1024 })

export interface UnpackedBooks {
  ini: Uint8Array | null
  data: Uint8Array | null
}

/** The pair of files out of a zip, wherever they lie in it and whether or not BKMVDATA is packed once more; or BKMVDATA.TXT by itself. Refuses `file_unreadable`, `file_too_large`. */
export async function unpackBooks(bytes: Uint8Array): Promise<UnpackedBooks> {
  if (!isZip(bytes)) return { ini: null, data: bytes }
  const files = await unpacked(bytes)
  const packed = fileNamed(files, /(^|[/\\])bkmvdata(\.zip)?$/i)
  const inner = packed && isZip(packed) ? fileNamed(await unpacked(packed), /(^|[/\\])bkmvdata(\.txt)?$/i) : null
  return { ini: fileNamed(files, /(^|[/\\])ini\.txt$/i), data: inner ?? fileNamed(files, /(^|[/\\])bkmvdata\.txt$/i) }
}

const fileNamed = (files: Record<string, Uint8Array>, name: RegExp): Uint8Array | null => Object.entries(files).find(([path]) => name.test(path))?.[1] ?? null

/** Large files are unpacked beside this thread, so that nobody waits for them. */
const unpacked = (bytes: Uint8Array): Promise<Record<string, Uint8Array>> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop()
      reject(tooLarge())
    }, mostMs)
    let stop = (): void => {}
    const end = (settle: () => void): void => {
      clearTimeout(timer)
      settle()
    }
    try {
      stop = unzip(bytes, { filter: wanted() }, (error, files) => end(() => (error ? reject(new Refusal('file_unreadable')) : resolve(files))))
    } catch (error) {
      end(() => reject(error instanceof Refusal ? error : new Refusal('file_unreadable')))
    }
  })

/** Only the files of the books; throws `file_too_large` where they say that they are too large together. */
function wanted(): UnzipFileFilter {
  let total = 0
  return ({ name, originalSize }) => {
    if (!/(bkmvdata|ini)(\.\w+)?$/i.test(name)) return false
    total += originalSize
    if (total > mostBytes) throw tooLarge()
    return true
  }
}
