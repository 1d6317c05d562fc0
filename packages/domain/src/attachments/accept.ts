import { Refusal } from '../refusal.ts'
import { type MediaType, isPicture, mediaTypeOf } from './media-type.ts'
import { type PictureSize, pictureSize } from './picture-size.ts'
import { isWhole } from './whole.ts'

/** The largest picture that is taken, in pixels: a phone of 108 megapixels passes, a few kilobytes that unpack to gigabytes do not. */
export const mostPixels = 120_000_000
const mostAlongASide = 30_000

export interface AcceptedFile {
  mediaType: MediaType
  /** Of pictures that every browser shows; else null. */
  size: PictureSize | null
}

/**
 * Looks at a file before it is kept. Throws `file_empty`, `file_too_large` (params `megabytes`), `attachment_type_unknown`,
 * `attachment_torn`, `picture_too_large` (params `megapixels`).
 */
export function acceptFile(bytes: Uint8Array, mostBytes: number): AcceptedFile {
  if (bytes.length === 0) throw new Refusal('file_empty')
  if (bytes.length > mostBytes) throw new Refusal('file_too_large', { megabytes: Math.floor(mostBytes / 1_048_576) })
  const mediaType = mediaTypeOf(bytes)
  if (!mediaType) throw new Refusal('attachment_type_unknown')
  const size = pictureSize(mediaType, bytes)
  if (size && (size.width * size.height > mostPixels || Math.max(size.width, size.height) > mostAlongASide)) throw new Refusal('picture_too_large', { megapixels: mostPixels / 1_000_000 })
  if ((isPicture(mediaType) && !size) || !isWhole(mediaType, bytes)) throw new Refusal('attachment_torn')
  return { mediaType, size }
}
