import type { Findings } from './findings.ts'

/** Field 1029: how bytes are letters. */
export type Charset = 'iso-8859-8' | 'cp862'

export interface TextLine {
  line: number
  text: string
}

/** The lines of a file, each letter of them one byte. Tells of line ends that are not CR LF and of bytes that are no letter. */
export function* linesOf(file: 'INI' | 'BKMVDATA', bytes: Uint8Array, charset: Charset, findings: Findings): Generator<TextLine> {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) findings.tell('utf8', { file, line: 1 })
  let start = 0
  for (let line = 1; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(0x0a, start)
    const end = feed < 0 ? bytes.length : feed
    const ended = feed > start && bytes[feed - 1] === 0x0d
    if (!ended) findings.tell('line_end', { file, line })
    yield { line, text: decoded(file, line, bytes.subarray(start, ended ? end - 1 : end), charset, findings) }
    start = end + 1
  }
}

function decoded(file: 'INI' | 'BKMVDATA', line: number, bytes: Uint8Array, charset: Charset, findings: Findings): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    const letter = letterOf(byte, charset)
    if (letter === null) findings.tell(byte === 0xd7 && (bytes[at + 1] ?? 0) >= 0x80 ? 'utf8' : 'bytes_wrong', { file, line, found: `0x${byte.toString(16).toUpperCase()}`, expected: String(at + 1) })
    text += letter ?? '\ufffd'
  }
  return text
}

/** Null for a byte that stands for nothing there. */
function letterOf(byte: number, charset: Charset): string | null {
  if (byte < 0x20 || byte === 0x7f) return null
  if (byte < 0x7f) return String.fromCharCode(byte)
  const alef = charset === 'cp862' ? 0x80 : 0xe0
  if (byte >= alef && byte < alef + 27) return String.fromCharCode(0x05d0 + byte - alef)
  if (charset === 'cp862') return '?' // its other signs are of no meaning here
  return (byte >= 0xa0 && byte <= 0xbe && byte !== 0xa1) || byte === 0xdf || byte === 0xfd || byte === 0xfe ? '?' : null
}
