import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openChunks, sealChunks, SealBroken, sealedLength } from './chunks.ts'

const key = randomBytes(32)
const bind = Buffer.from('attachment|storage_key|row|clinic')

async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}
async function* inSteps(bytes: Buffer, step: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step)
}
const seal = (bytes: Buffer, given = {}): Promise<Buffer> => gather(sealChunks({ epoch: 3, key, bind, ...given }, [bytes]))
const open = (sealed: Buffer, given: { bind?: Buffer; key?: Buffer; step?: number } = {}): Promise<Buffer> =>
  gather(openChunks((epoch) => (epoch === 3 ? (given.key ?? key) : randomBytes(32)), given.bind ?? bind, inSteps(sealed, given.step ?? 10_000)))

test('what was sealed opens as it was, whatever its length and however it arrives, and is as long as was said', async () => {
  for (const length of [0, 1, 65_535, 65_536, 65_537, 131_072, 200_001]) {
    const bytes = randomBytes(length)
    const sealed = await seal(bytes)
    expect(sealed).toHaveLength(sealedLength(length))
    for (const step of [1_000, 65_552, 1_000_000]) expect((await open(sealed, { step })).equals(bytes)).toBe(true)
  }
})

test('the same file twice looks like two, and nothing of it shows', async () => {
  const bytes = Buffer.alloc(70_000, 'שן 36')
  const [a, b] = [await seal(bytes), await seal(bytes)]
  expect(a.subarray(5).equals(b.subarray(5))).toBe(false)
  expect(a.includes('שן 36')).toBe(false)
})

test('any byte changed, added or missing is noticed', async () => {
  const bytes = randomBytes(140_000)
  const sealed = await seal(bytes)
  await fc.assert(
    fc.asyncProperty(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const broken = Buffer.from(sealed)
      broken[at] = (broken[at] ?? 0) ^ change
      await expect(open(broken)).rejects.toThrow()
      await expect(open(sealed.subarray(0, at))).rejects.toBeInstanceOf(SealBroken)
    }),
    { numRuns: 60 },
  )
  await expect(open(Buffer.concat([sealed, Buffer.from([0])]))).rejects.toBeInstanceOf(SealBroken)
})

test('pieces cannot be left out, swapped or taken from another file', async () => {
  const piece = 65_552
  const sealed = await seal(randomBytes(200_000))
  const other = await seal(randomBytes(200_000))
  const [head, a, b, rest] = [sealed.subarray(0, 37), sealed.subarray(37, 37 + piece), sealed.subarray(37 + piece, 37 + 2 * piece), sealed.subarray(37 + 2 * piece)]
  for (const forged of [[head, b, a, rest], [head, a, rest], [head, a, b], [head, other.subarray(37, 37 + piece), b, rest], [other.subarray(0, 37), a, b, rest]]) {
    await expect(open(Buffer.concat(forged))).rejects.toBeInstanceOf(SealBroken)
  }
})

test('it opens only where it belongs and only with its own key', async () => {
  const sealed = await seal(randomBytes(1_000))
  await expect(open(sealed, { bind: Buffer.from('attachment|storage_key|another row|clinic') })).rejects.toBeInstanceOf(SealBroken)
  await expect(open(sealed, { key: randomBytes(32) })).rejects.toBeInstanceOf(SealBroken)
})

test('nothing of a broken piece is given out before it was checked', async () => {
  const sealed = await seal(randomBytes(140_000))
  const last = sealed.length - 1
  sealed[last] = (sealed[last] ?? 0) ^ 1
  let given = 0
  await expect(
    (async () => {
      for await (const piece of openChunks(() => key, bind, inSteps(sealed, 9_000))) given += piece.length
    })(),
  ).rejects.toBeInstanceOf(SealBroken)
  expect(given).toBe(131_072)
})
