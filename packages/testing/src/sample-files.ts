import { deflateSync } from 'node:zlib'
import { crc32 } from './crc32.ts'

/** Small files of the kinds that are filed, made here so that each test knows what is in them. */

/** A grey PNG of this size; `shade` of a pixel is 0 to 255. */
export function samplePng(width: number, height: number, shade: (x: number, y: number) => number = (x, y) => (x * 7 + y * 3) % 256): Buffer {
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = shade(x, y)
  return pngOf(width, height, deflateSync(rows))
}

/** A PNG whose header promises more than its bytes hold: a few hundred bytes that would unpack to gigabytes. */
export const pixelFlood = (): Buffer => pngOf(50_000, 50_000, deflateSync(Buffer.alloc(100_000)))

function pngOf(width: number, height: number, data: Buffer): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.writeUInt8(8, 8) // bits; the colour type behind it is 0: grey
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  return Buffer.concat([uint32(data.length), named, uint32(crc32(named))])
}

/** A JPEG of one block of 8 by 8 pixels. */
export const sampleJpeg = (): Buffer => Buffer.from('/9j/4AAQSkZJRgABAgAAAQABAAD/wAARCAAIAAgDAREAAhEBAxEB/9sAQwBQNzxGPDJQRkFGWlVQX3jIgnhubnj1r7mRyP///////////////////////////////////////////////////9sAQwFVWlp4aXjrgoLr/////////////////////////////////////////////////////////////////////////8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwAoA//Z', 'base64')

/** The same with a place in its EXIF (32°05'N, with its seconds) and one more in its XMP. */
export function jpegWithPlace(order: 'II' | 'MM' = 'II'): Buffer {
  const plain = sampleJpeg()
  return Buffer.concat([plain.subarray(0, 2), app1(Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiffWithPlace(order)])), app1(Buffer.from(xmp, 'latin1')), plain.subarray(2)])
}

const xmp = 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:Description exif:GPSLatitude="32,5.1234N" tiff:Make="Telephone"><exif:GPSLongitude>34,46.777E</exif:GPSLongitude></rdf:Description></x:xmpmeta>'

function app1(data: Buffer): Buffer {
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

/** Orientation 6 in the first directory, and a GPS directory with one latitude of three fractions. Exif 2.32, 4.6. */
export function tiffWithPlace(order: 'II' | 'MM'): Buffer {
  const little = order === 'II'
  const bytes = Buffer.alloc(8 + 2 + 24 + 4 + 2 + 12 + 4 + 24)
  const u16 = (value: number, at: number) => (little ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at))
  const u32 = (value: number, at: number) => (little ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at))
  bytes.write(order, 0, 'latin1')
  u16(42, 2)
  u32(8, 4)
  u16(2, 8)
  entry(10, 0x0112, 3, 1, () => u16(6, 18))
  entry(22, 0x8825, 4, 1, () => u32(38, 30))
  u16(1, 38)
  entry(40, 2, 5, 3, () => u32(56, 48))
  ;[32, 1, 5, 1, 123_456, 1_000].forEach((value, index) => u32(value, 56 + index * 4))
  return bytes

  function entry(at: number, tag: number, type: number, count: number, value: () => void): void {
    u16(tag, at)
    u16(type, at + 2)
    u32(count, at + 4)
    value()
  }
}

/** A PDF with these lines on each of its pages, in Latin letters. */
export function samplePdf(lines: readonly string[] = ['A page'], pages = 1): Buffer {
  const text = `BT /F1 14 Tf 60 760 Td 22 TL ${lines.map((line) => `(${line.replace(/[()\\]/g, '')}) Tj T*`).join(' ')} ET`
  const numbers = Array.from({ length: pages }, (_, index) => 5 + index)
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${numbers.map((number) => `${number} 0 R`).join(' ')}]/Count ${pages}>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    `<</Length ${text.length}>>stream\n${text}\nendstream`,
    ...numbers.map(() => '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 3 0 R>>>>>>'),
  ]
  let body = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const at = body.length
    body += `${index + 1} 0 obj${object}endobj\n`
    return at
  })
  const rows = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`, 'latin1')
}

/** The boxes of an HEIC without a picture: enough for whoever does not decode it. */
export const sampleHeic = (): Buffer => Buffer.concat([uint32(24), Buffer.from('ftypheic\0\0\0\0mif1heic', 'latin1'), uint32(16), Buffer.from('mdat12345678', 'latin1')])

export const sampleDicom = (): Buffer => Buffer.concat([Buffer.alloc(128), Buffer.from('DICM', 'latin1'), Buffer.alloc(64)])

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
