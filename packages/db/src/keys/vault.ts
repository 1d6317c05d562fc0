import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { Db, Tx } from '../database.ts'
import { openChunks, sealChunks } from './chunks.ts'

/** Where a sealed value lives. It is bound into the encryption, so a ciphertext moved to another row does not open. */
export interface Place {
  table: string
  column: string
  rowId: string
}

/** Seals and opens one clinic's texts. AES-256-GCM; layout: version 1, key epoch (4 bytes), nonce (12), text, tag (16). */
export interface Sealer {
  seal(place: Place, text: string): Buffer
  open(place: Place, sealed: Buffer): string
  /** Keys of 32 bytes for a use outside the database, one of each data key, newest first; nothing can be told from them about the data keys. */
  keysFor(purpose: string): { epoch: number; key: Buffer }[]
  /** A file, piece by piece: never whole in memory. Its length afterwards is `sealedLength`. */
  sealBytes(place: Place, bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Buffer>
  /** Gives each piece once it was checked. Throws `SealBroken` at the first that is not as it was sealed, also where the end is missing. */
  openBytes(place: Place, sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer>
}

export interface Vault {
  /** The clinic's sealer. Its keys are read once and kept in memory, unwrapped, from then on. Throws where the clinic has none. */
  sealerOf(db: Db, clinicId: string): Promise<Sealer>
  /** Gives a new clinic its first data key. Seal nothing in the same transaction: a key whose row was rolled back opens nothing. */
  createDataKey(tx: Tx, clinicId: string): Promise<void>
  /** Keyed hash for exact search of a low-entropy value such as a national id. Equal values of one clinic have equal hashes. */
  blindIndex(clinicId: string, purpose: string, value: string): Buffer
}

/** @param masterKey 32 bytes that wrap the clinics' data keys. @param blindKey 32 bytes for `blindIndex`. Both live outside the database. */
export function makeVault(masterKey: Buffer, blindKey: Buffer): Vault {
  if (masterKey.length !== 32 || blindKey.length !== 32) throw new RangeError('DATA_KEY and BLIND_INDEX_KEY are 32 bytes each')
  const sealers = new Map<string, Sealer>()
  return {
    async sealerOf(db, clinicId) {
      const known = sealers.get(clinicId)
      if (known) return known
      const sealer = makeSealer(clinicId, await loadKeys(db, masterKey, clinicId))
      sealers.set(clinicId, sealer)
      return sealer
    },
    async createDataKey(tx, clinicId) {
      const wrapped = encrypt(masterKey, randomBytes(32), keyBinding(clinicId))
      await tx.insertInto('data_key').values({ clinic_id: clinicId, epoch: 1, wrapped }).execute()
    },
    blindIndex: (clinicId, purpose, value) =>
      createHmac('sha256', blindKey).update(`${clinicId}|${purpose}|${value}`).digest(),
  }
}

function makeSealer(clinicId: string, keys: Map<number, Buffer>): Sealer {
  const current = Math.max(...keys.keys())
  const bind = (place: Place) => Buffer.from(`${place.table}|${place.column}|${place.rowId}|${clinicId}`)
  return {
    seal(place, text) {
      const head = Buffer.alloc(5)
      head.writeUInt8(1, 0)
      head.writeUInt32BE(current, 1)
      return Buffer.concat([head, encrypt(keyOf(keys, current), Buffer.from(text, 'utf8'), bind(place))])
    },
    open(place, sealed) {
      if (sealed[0] !== 1) throw new Error('sealed value of an unknown version')
      return decrypt(keyOf(keys, sealed.readUInt32BE(1)), sealed.subarray(5), bind(place)).toString('utf8')
    },
    keysFor: (purpose) =>
      [...keys].map(([epoch, key]) => ({ epoch, key: Buffer.from(hkdfSync('sha256', key, clinicId, purpose, 32)) })).toSorted((a, b) => b.epoch - a.epoch),
    sealBytes: (place, bytes) => sealChunks({ epoch: current, key: keyOf(keys, current), bind: bind(place) }, bytes),
    openBytes: (place, sealed) => openChunks((epoch) => keyOf(keys, epoch), bind(place), sealed),
  }
}

function keyOf(keys: Map<number, Buffer>, epoch: number): Buffer {
  const key = keys.get(epoch)
  if (!key) throw new Error(`no data key of epoch ${epoch}`)
  return key
}

async function loadKeys(db: Db, masterKey: Buffer, clinicId: string): Promise<Map<number, Buffer>> {
  const rows = await db.selectFrom('data_key').select(['epoch', 'wrapped']).where('clinic_id', '=', clinicId).execute()
  if (rows.length === 0) throw new Error('the clinic has no data key')
  return new Map(rows.map((row) => [row.epoch, decrypt(masterKey, row.wrapped, keyBinding(clinicId))]))
}

const keyBinding = (clinicId: string) => Buffer.from(`data_key|${clinicId}`)

function encrypt(key: Buffer, text: Buffer, bind: Buffer): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(bind)
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()])
}

function decrypt(key: Buffer, sealed: Buffer, bind: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
  decipher.setAAD(bind)
  decipher.setAuthTag(sealed.subarray(sealed.length - 16))
  return Buffer.concat([decipher.update(sealed.subarray(12, sealed.length - 16)), decipher.final()])
}
