import { jpegWithPlace, pixelFlood, sampleDicom, sampleHeic, sampleJpeg, samplePdf, samplePng } from '@yoman/testing/sample-files'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../refusal.ts'
import { acceptFile } from './accept.ts'
import { mediaTypeOf } from './media-type.ts'

const limit = 1_048_576
const accept = (bytes: Uint8Array) => acceptFile(bytes, limit)
const refusal = (bytes: Uint8Array): unknown => {
  try {
    return accept(bytes).mediaType
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
const webp = (): Buffer => {
  const bytes = Buffer.alloc(30)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(22, 4)
  bytes.write('WEBPVP8X', 8, 'latin1')
  bytes.writeUIntLE(639, 24, 3)
  bytes.writeUIntLE(479, 27, 3)
  return bytes
}

describe('what is filed', () => {
  test.each([
    ['a JPEG', sampleJpeg(), { mediaType: 'image/jpeg', size: { width: 8, height: 8 } }],
    ['a JPEG with EXIF before its size', jpegWithPlace(), { mediaType: 'image/jpeg', size: { width: 8, height: 8 } }],
    ['a PNG', samplePng(5, 3), { mediaType: 'image/png', size: { width: 5, height: 3 } }],
    ['a WebP', webp(), { mediaType: 'image/webp', size: { width: 640, height: 480 } }],
    ['an HEIC', sampleHeic(), { mediaType: 'image/heic', size: null }],
    ['a PDF', samplePdf(), { mediaType: 'application/pdf', size: null }],
    ['a DICOM', sampleDicom(), { mediaType: 'application/dicom', size: null }],
  ])('%s, known by its content', (_, bytes, known) => expect(accept(bytes)).toEqual(known))

  test('a JPEG with a page behind it is a JPEG and nothing else: that is how it will be served', () => {
    expect(accept(Buffer.concat([sampleJpeg(), Buffer.from('<script>alert(1)</script>')])).mediaType).toBe('image/jpeg')
  })
})

describe('what is not', () => {
  test.each([
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['a page with a PDF inside', '<html>%PDF-1.4 %%EOF'],
    ['a drawing that can run scripts', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['a GIF', 'GIF89a\x01\x00\x01\x00'],
    ['a program', 'MZ\x90\x00'],
    ['an AVIF, which nobody here decodes', '\0\0\0\x18ftypavif\0\0\0\0'],
    ['a zip', 'PK\x03\x04'],
  ])('%s', (_, text) => expect(refusal(Buffer.from(text, 'latin1'))).toBe('attachment_type_unknown'))

  test('nothing at all, and more than the limit', () => {
    expect(refusal(Buffer.alloc(0))).toBe('file_empty')
    expect(refusal(Buffer.concat([sampleJpeg(), Buffer.alloc(limit)]))).toBe('file_too_large')
  })

  test('a few hundred bytes that would unpack to gigabytes', () => {
    expect(pixelFlood().length).toBeLessThan(500)
    expect(refusal(pixelFlood())).toBe('picture_too_large')
  })

  test('a file that breaks off, wherever it does', () => {
    for (const whole of [samplePng(40, 40), jpegWithPlace(), sampleHeic()]) {
      for (let length = 16; length < whole.length - 12; length += 7) expect([length, refusal(whole.subarray(0, length))]).toEqual([length, 'attachment_torn'])
    }
    expect(refusal(samplePdf().subarray(0, 200))).toBe('attachment_torn')
  })
})

test('no bytes whatever make it fail but by a refusal', () => {
  const heads = [sampleJpeg(), jpegWithPlace(), samplePng(9, 9), webp(), sampleHeic(), samplePdf()]
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 12 }), fc.nat(700), (head, changes, length) => {
      const bytes = Buffer.from(head)
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
      expect(typeof refusal(bytes.subarray(0, length))).toBe('string')
    }),
    { numRuns: 2_000 },
  )
})

test('the type never depends on more than the first bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (tail) => {
      expect(mediaTypeOf(Buffer.concat([samplePdf().subarray(0, 5), tail]))).toBe('application/pdf')
    }),
  )
})
