/**
 * The bytes of cleaned text (see clean-text.ts): ASCII, and the Hebrew letters at 0xE0. The same bytes are Windows-1255.
 * Throws RangeError for any other character, since a wrong byte would be read as another letter.
 */
export function hebrewBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index += 1) bytes[index] = byteOf(text.charCodeAt(index))
  return bytes
}

function byteOf(code: number): number {
  if (code >= 0x05d0 && code <= 0x05ea) return code - 0x05d0 + 0xe0
  if (code < 0x7f && (code >= 0x20 || code === 0x0d || code === 0x0a)) return code
  throw new RangeError(`no byte of ISO-8859-8 stands for U+${code.toString(16).padStart(4, '0')}`)
}
