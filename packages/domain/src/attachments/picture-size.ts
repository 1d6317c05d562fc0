import { jpegSegments } from './jpeg.ts'
import type { MediaType } from './media-type.ts'

export interface PictureSize {
  width: number
  height: number
}

/** Width and height as the file's header says, in pixels, before any turn; null where there is no such header or it makes no sense. */
export function pictureSize(type: MediaType, bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = type === 'image/png' ? ofPng(view) : type === 'image/jpeg' ? ofJpeg(bytes, view) : type === 'image/webp' ? ofWebp(view) : null
  return size && size.width > 0 && size.height > 0 ? size : null
}

/** PNG 1.2, 11.2.2: IHDR comes first. */
const ofPng = (view: DataView): PictureSize | null => (view.byteLength < 33 || view.getUint32(12) !== 0x49484452 ? null : { width: view.getUint32(16), height: view.getUint32(20) })

/** The frame header: SOF0 to SOF15 but DHT, JPG and DAC. */
function ofJpeg(bytes: Uint8Array, view: DataView): PictureSize | null {
  const frame = jpegSegments(bytes)?.segments.find(({ marker }) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
  return frame && frame.end - frame.start >= 5 ? { height: view.getUint16(frame.start + 1), width: view.getUint16(frame.start + 3) } : null
}

/** RFC 9649: lossy, lossless and extended each have it elsewhere. */
function ofWebp(view: DataView): PictureSize | null {
  if (view.byteLength < 30) return null
  const form = view.getUint32(12)
  if (form === 0x56503820) return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  if (form === 0x5650384c) return { width: 1 + (view.getUint32(21, true) & 0x3fff), height: 1 + ((view.getUint32(21, true) >>> 14) & 0x3fff) }
  if (form === 0x56503858) return { width: 1 + (view.getUint32(24, true) & 0xffffff), height: 1 + (view.getUint16(27, true) | (view.getUint8(29) << 16)) }
  return null
}
