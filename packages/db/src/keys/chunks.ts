import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** A sealed file is not as it was sealed: changed, cut off, swapped for another, or opened with the wrong key. */
export class SealBroken extends Error {
  constructor() {
    super('a sealed file does not open')
    this.name = 'SealBroken'
  }
}

// Layout: version 2, key epoch (4 bytes), salt (32); then pieces of 64 KiB, each with its tag (16). Every file has a key of its own,
// derived from the clinic's by the salt and by where it belongs, so that counted nonces never repeat under one key. A piece's nonce
// holds its number and whether it is the last: pieces cannot be swapped, left out or cut off. After Hoang et al., "Online
// Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance" (STREAM), as Tink's AES-GCM-HKDF streaming does it.
const headLength = 37
const pieceLength = 65_536
const tagLength = 16

/** How long `length` bytes are once they are sealed. */
export const sealedLength = (length: number): number => headLength + length + tagLength * Math.max(1, Math.ceil(length / pieceLength))

export async function* sealChunks({ epoch, key, bind }: { epoch: number; key: Buffer; bind: Buffer }, bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Buffer> {
  const head = Buffer.concat([Buffer.from([2]), uint32(epoch), randomBytes(32)])
  yield head
  const fileKey = deriveKey(key, head, bind)
  let number = 0
  for await (const { piece, last } of piecesOf(bytes, pieceLength)) {
    const cipher = createCipheriv('aes-256-gcm', fileKey, nonceOf(number++, last))
    cipher.setAAD(head)
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()])
  }
}

export async function* openChunks(keyOf: (epoch: number) => Buffer, bind: Buffer, sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const source = sealed[Symbol.asyncIterator]()
  const { head, rest } = await headOf(source)
  if (head.length < headLength || head[0] !== 2) throw new SealBroken()
  const fileKey = deriveKey(keyOf(head.readUInt32BE(1)), head, bind)
  let number = 0
  for await (const { piece, last } of piecesOf(following(rest, source), pieceLength + tagLength)) yield openPiece(fileKey, head, piece, nonceOf(number++, last))
}

function openPiece(key: Buffer, head: Buffer, piece: Buffer, nonce: Buffer): Buffer {
  if (piece.length < tagLength) throw new SealBroken()
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
  decipher.setAAD(head)
  decipher.setAuthTag(piece.subarray(piece.length - tagLength))
  const text = decipher.update(piece.subarray(0, piece.length - tagLength))
  try {
    decipher.final()
  } catch {
    throw new SealBroken() // Node's own error says no more than that
  }
  return text
}

const deriveKey = (key: Buffer, head: Buffer, bind: Buffer): Buffer => Buffer.from(hkdfSync('sha256', key, head.subarray(5), Buffer.concat([Buffer.from('file|'), bind]), 32))

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(number, 7)
  nonce.writeUInt8(last ? 1 : 0, 11)
  return nonce
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** The bytes in pieces of exactly this length; only the last is shorter, and there always is one, if an empty one. */
async function* piecesOf(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, length: number): AsyncGenerator<{ piece: Buffer; last: boolean }> {
  let waiting: Buffer = Buffer.alloc(0)
  for await (const some of bytes) {
    waiting = waiting.length === 0 ? Buffer.from(some.buffer, some.byteOffset, some.byteLength) : Buffer.concat([waiting, some])
    // One byte more than a piece must be there: else it could be the last.
    while (waiting.length > length) {
      yield { piece: waiting.subarray(0, length), last: false }
      waiting = waiting.subarray(length)
    }
  }
  yield { piece: waiting, last: true }
}

async function headOf(source: AsyncIterator<Uint8Array>): Promise<{ head: Buffer; rest: Buffer }> {
  let known = Buffer.alloc(0)
  while (known.length < headLength) {
    const { done, value } = await source.next()
    if (done) break
    known = Buffer.concat([known, value])
  }
  return { head: known.subarray(0, headLength), rest: known.subarray(headLength) }
}

async function* following(first: Buffer, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
  } finally {
    await source.return?.() // lets go of the file where the reader stops early
  }
}
