import { crc32 } from '@yoman/testing/crc32'
import { jpegWithPlace, sampleHeic, sampleJpeg, samplePng, tiffWithPlace } from '@yoman/testing/sample-files'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { forgetLocation } from './location.ts'

const number = (order: 'II' | 'MM', value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  if (order === 'II') bytes.writeUInt32LE(value)
  else bytes.writeUInt32BE(value)
  return bytes
}

test.each(['II', 'MM'] as const)('a JPEG (%s) forgets where it was made, keeps its turn, its maker and its length', (order) => {
  const bytes = jpegWithPlace(order)
  const { length } = bytes
  expect(bytes.includes(number(order, 123_456))).toBe(true)
  expect(forgetLocation('image/jpeg', bytes)).toBe(true)
  expect(bytes).toHaveLength(length)
  expect(bytes.includes(number(order, 123_456))).toBe(false)
  expect(bytes.includes('32,5.1234N')).toBe(false)
  expect(bytes.includes('34,46.777E')).toBe(false)
  expect(bytes.includes('Telephone')).toBe(true)
  const orientation = bytes.indexOf('Exif\0\0') + 6 + 18
  expect(order === 'II' ? bytes.readUInt16LE(orientation) : bytes.readUInt16BE(orientation)).toBe(6)
})

test('one without a place stays as it is, to the byte', () => {
  const bytes = sampleJpeg()
  expect(forgetLocation('image/jpeg', bytes)).toBe(false)
  expect(bytes.equals(sampleJpeg())).toBe(true)
})

test('a PNG forgets it too, and its checksum is right again', () => {
  const plain = samplePng(4, 4)
  const data = Buffer.concat([Buffer.from('eXIf', 'latin1'), tiffWithPlace('II')])
  const chunk = Buffer.concat([number('MM', data.length - 4), data, number('MM', crc32(data))])
  const bytes = Buffer.concat([plain.subarray(0, 33), chunk, plain.subarray(33)])
  expect(forgetLocation('image/png', bytes)).toBe(true)
  expect(bytes.includes(number('II', 123_456))).toBe(false)
  const at = bytes.indexOf('eXIf')
  expect(bytes.readUInt32BE(at + data.length)).toBe(crc32(bytes.subarray(at, at + data.length)))
})

test('an HEIC forgets it where its block of EXIF lies', () => {
  const bytes = Buffer.concat([sampleHeic(), Buffer.from('Exif\0\0', 'latin1'), tiffWithPlace('MM')])
  expect(forgetLocation('image/heic', bytes)).toBe(true)
  expect(bytes.includes(number('MM', 123_456))).toBe(false)
})

test('broken EXIF makes nobody fail and touches nothing outside itself', () => {
  const whole = jpegWithPlace()
  const from = whole.indexOf('Exif\0\0')
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(90), fc.nat(255)), { minLength: 1, maxLength: 10 }), (changes) => {
      const bytes = Buffer.from(whole)
      for (const [at, value] of changes) bytes[from + 6 + at] = value
      forgetLocation('image/jpeg', bytes)
      expect(bytes.subarray(bytes.length - 200).equals(whole.subarray(whole.length - 200))).toBe(true)
    }),
    { numRuns: 1_000 },
  )
})
