/** One segment of a JPEG before its picture: `start` and `end` of what stands behind its two length bytes. */
export interface Segment {
  marker: number
  start: number
  end: number
}

/** The segments up to the picture's own data, which begins at `scan`; null where the file breaks off or is no JPEG inside. ITU T.81 annex B. */
export function jpegSegments(bytes: Uint8Array): { segments: Segment[]; scan: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const segments: Segment[] = []
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1 // a fill byte
      continue
    }
    const length = view.getUint16(at + 2)
    const end = at + 2 + length
    if (length < 2 || end > bytes.length) return null
    if (marker === 0xda) return { segments, scan: end }
    segments.push({ marker, start: at + 4, end })
    at = end
  }
  return null
}
