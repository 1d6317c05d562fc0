import { jpegSegments } from './jpeg.ts'
import type { MediaType } from './media-type.ts'

/**
 * Takes the place where a picture was made out of it, in the bytes themselves and without changing their number: a photo from a
 * phone says to within metres where the patient lives. Everything else (turn, colours, the camera) stays. Looks into EXIF and
 * XMP of JPEG, PNG, WebP and HEIC. @returns whether there was anything to take out.
 */
export function forgetLocation(type: MediaType, bytes: Uint8Array): boolean {
  if (type === 'image/jpeg') return forgetInJpeg(bytes)
  if (type === 'image/png') return forgetInPng(bytes)
  if (type === 'image/webp' || type === 'image/heic') return forgetAnywhere(bytes)
  return false
}

function forgetInJpeg(bytes: Uint8Array): boolean {
  let found = false
  for (const { marker, start, end } of jpegSegments(bytes)?.segments ?? []) {
    if (marker !== 0xe1) continue
    if (startsWith(bytes, start, 'Exif\0\0')) found = forgetInTiff(bytes, start + 6, end) || found
    else found = forgetInXmp(bytes, start, end) || found
  }
  return found
}

/** PNG: EXIF in a chunk eXIf, XMP in a text chunk; each chunk ends with a checksum of its name and data. */
function forgetInPng(bytes: Uint8Array): boolean {
  const view = viewOf(bytes)
  let found = false
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    const end = at + 8 + length
    if (end + 4 > bytes.length) break
    const changed = startsWith(bytes, at + 4, 'eXIf') ? forgetInTiff(bytes, at + 8, end) : startsWith(bytes, at + 4, 'iTXt') && forgetInXmp(bytes, at + 8, end)
    if (changed) view.setUint32(end, crc32(bytes.subarray(at + 4, end)))
    found = changed || found
    at = end + 4
  }
  return found
}

/** WebP and HEIC keep the same blocks elsewhere; they are found by how they begin, wherever they are. */
function forgetAnywhere(bytes: Uint8Array): boolean {
  let found = false
  for (let at = 0; at + 16 <= bytes.length; at += 1) {
    if (bytes[at] === 0x45 && startsWith(bytes, at, 'Exif\0\0')) found = forgetInTiff(bytes, at + 6, bytes.length) || found
    if (bytes[at] === 0x45 && startsWith(bytes, at, 'EXIF')) found = forgetInTiff(bytes, at + 8, bytes.length) || found
    if (bytes[at] === 0x3c && startsWith(bytes, at, '<x:xmpmeta')) found = forgetInXmp(bytes, at, bytes.length) || found
  }
  return found
}

const gpsPointer = 0x8825 // Exif 2.32, 4.6.3: where the list of the place begins
const bytesOfType = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]

/** Empties the list that the first directory's GPS entry points to, and the values that lie outside it. Broken ones are left where they break. */
function forgetInTiff(bytes: Uint8Array, start: number, end: number): boolean {
  const view = viewOf(bytes)
  if (start + 8 > end) return false
  const order = view.getUint16(start)
  if (order !== 0x4949 && order !== 0x4d4d) return false
  const little = order === 0x4949
  const within = (at: number, length: number): boolean => at >= start && at + length <= end
  const directory = start + view.getUint32(start + 4, little)
  if (!within(directory, 2)) return false
  for (let index = 0; index < view.getUint16(directory, little); index += 1) {
    const entry = directory + 2 + index * 12
    if (!within(entry, 12)) return false
    if (view.getUint16(entry, little) !== gpsPointer) continue
    emptyDirectory(view, start + view.getUint32(entry + 8, little), { start, little, within })
    bytes.fill(0, entry, entry + 12)
    return true
  }
  return false
}

function emptyDirectory(view: DataView, at: number, { start, little, within }: { start: number; little: boolean; within(at: number, length: number): boolean }): void {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
  if (!within(at, 2)) return
  const count = view.getUint16(at, little)
  for (let index = 0; index < count; index += 1) {
    const entry = at + 2 + index * 12
    if (!within(entry, 12)) return
    const length = (bytesOfType[view.getUint16(entry + 2, little)] ?? 1) * view.getUint32(entry + 4, little)
    const value = start + view.getUint32(entry + 8, little)
    if (length > 4 && within(value, length)) bytes.fill(0, value, value + length)
    bytes.fill(0, entry, entry + 12)
  }
  bytes.fill(0, at, at + 2)
}

const space = 0x20

/** XMP is text: each `GPS…="…"` or `<exif:GPS…>…<` loses its value. */
function forgetInXmp(bytes: Uint8Array, start: number, end: number): boolean {
  let found = false
  for (let at = start; at + 4 <= end; at += 1) {
    if (bytes[at] !== 0x47 || !startsWith(bytes, at, 'GPS')) continue
    let from = at
    while (from < end && ![0x22, 0x27, 0x3e].includes(bytes[from] ?? 0)) from += 1 // to the quote, or the end of the tag
    const close = bytes[from] === 0x3e ? 0x3c : bytes[from]
    for (from += 1; from < end && bytes[from] !== close; from += 1) bytes[from] = space
    found = true
    at = from
  }
  return found
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const startsWith = (bytes: Uint8Array, at: number, word: string): boolean => [...word].every((letter, index) => bytes[at + index] === letter.charCodeAt(0))

/** PNG 1.2, annex D. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ~crc >>> 0
}
