/** What may be filed, by its content. HEIC and DICOM are kept as they are; a browser may not show them. */
export const mediaTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf', 'application/dicom'] as const
export type MediaType = (typeof mediaTypes)[number]

const heicBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']

/** The type of a file by its first bytes, whatever it is called; null for everything that is not filed. Signatures: the formats' own standards. */
export function mediaTypeOf(bytes: Uint8Array): MediaType | null {
  const text = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to))
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png'
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'image/webp'
  if (text(4, 8) === 'ftyp' && heicBrands.includes(text(8, 12))) return 'image/heic'
  // At the very first byte: readers that look further let a page of HTML stand before it.
  if (text(0, 5) === '%PDF-') return 'application/pdf'
  if (text(128, 132) === 'DICM') return 'application/dicom'
  return null
}

/** Whether every browser shows it by itself. */
export const isPicture = (type: MediaType): boolean => type === 'image/jpeg' || type === 'image/png' || type === 'image/webp'

/** The ending of a file's name, for a download. */
export const endingOf: Record<MediaType, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'application/pdf': 'pdf',
  'application/dicom': 'dcm',
}
