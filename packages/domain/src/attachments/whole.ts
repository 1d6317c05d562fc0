import { jpegSegments } from './jpeg.ts'
import type { MediaType } from './media-type.ts'

/**
 * Whether the file has its end, as far as a look without decoding can tell: an upload that broke off, or a card that lost a block,
 * is told now and not in a year. HEIC is looked at by its boxes; a DICOM file has no end of its own.
 */
export function isWhole(type: MediaType, bytes: Uint8Array): boolean {
  if (type === 'image/jpeg') return jpegEnds(bytes)
  if (type === 'image/png') return lastIndexOf(bytes, 'IEND', 8) >= 0
  if (type === 'image/webp') return viewOf(bytes).getUint32(4, true) + 8 <= bytes.length
  if (type === 'image/heic') return boxesEnd(bytes)
  if (type === 'application/pdf') return lastIndexOf(bytes, '%%EOF', Math.max(0, bytes.length - 4_096)) >= 0
  return true
}

/** An end mark behind the beginning of the picture: a thumbnail inside the header has one of its own. Cameras append data behind it. */
function jpegEnds(bytes: Uint8Array): boolean {
  const head = jpegSegments(bytes)
  if (!head) return false
  for (let at = bytes.length - 2; at >= head.scan; at -= 1) if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true
  return false
}

/** ISO 14496-12: a file is boxes, each beginning with its length; 0 is "to the end", 1 "the next eight bytes say". */
function boxesEnd(bytes: Uint8Array): boolean {
  const view = viewOf(bytes)
  let at = 0
  while (at + 8 <= bytes.length) {
    const short = view.getUint32(at)
    if (short === 0) return true
    if (short === 1 && at + 16 > bytes.length) return false
    const length = short === 1 ? Number(view.getBigUint64(at + 8)) : short
    if (length < 8) return false
    at += length
  }
  return at === bytes.length
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function lastIndexOf(bytes: Uint8Array, word: string, from: number): number {
  const letters = [...word].map((letter) => letter.charCodeAt(0))
  for (let at = bytes.length - letters.length; at >= from; at -= 1) if (letters.every((letter, index) => bytes[at + index] === letter)) return at
  return -1
}
