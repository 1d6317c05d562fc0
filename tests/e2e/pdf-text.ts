import { inflateSync } from 'node:zlib'

/**
 * What stands in a PDF drawn by PDFKit, glyph by glyph from left to right: Hebrew words come out reversed, as they lie on
 * the paper. Enough to ask whether a name or a sum is there.
 */
export function pdfText(pdf: Buffer): string {
  const objects = new Map([...pdf.toString('latin1').matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [id ?? '', body ?? '']))
  const fonts = new Map<string, Map<string, string>>()
  for (const body of objects.values()) {
    for (const [, name, id] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const [, map] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id ?? '') ?? '') ?? []
      if (name && map) fonts.set(name, unicodeMap(streamOf(objects.get(map) ?? '')))
    }
  }
  return [...objects.values()].map((body) => drawn(streamOf(body), fonts)).join('')
}

function streamOf(body: string): string {
  const [, packed] = /stream\r?\n([\s\S]*?)\r?\nendstream/.exec(body) ?? []
  if (packed === undefined) return ''
  return body.includes('/FlateDecode') ? inflateSync(Buffer.from(packed, 'latin1')).toString('latin1') : packed
}

/** Glyph numbers (four hexadecimal digits) to characters. */
function unicodeMap(cmap: string): Map<string, string> {
  const map = new Map<string, string>()
  for (const [, from = '0', , list = ''] of cmap.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi)) {
    ;[...list.matchAll(/<([0-9a-f]+)>/gi)].forEach(([, hex = ''], index) => map.set((Number.parseInt(from, 16) + index).toString(16).padStart(4, '0'), utf16(hex)))
  }
  return map
}

const utf16 = (hex: string): string => String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)))

function drawn(content: string, fonts: Map<string, Map<string, string>>): string {
  let font: Map<string, string> | undefined
  let text = ''
  for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name) font = fonts.get(name)
    else for (const [, hex = ''] of (shown ?? '').matchAll(/<([0-9a-f]+)>/gi)) text += (hex.match(/.{4}/g) ?? []).map((glyph) => font?.get(glyph) ?? '').join('')
    if (shown !== undefined) text += '\n'
  }
  return text
}
