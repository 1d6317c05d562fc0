import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileStore } from '@yoman/domain/attachments/file-store'
import { startS3 } from '@yoman/testing/s3-stand-in'
import { ConfigError, settingReader } from '@yoman/use-cases/setting-reader'
import { afterAll, describe, expect, test } from 'vitest'
import { openFileStore, readFileStoreConfig } from './config.ts'
import { diskStore } from './disk-store.ts'
import { s3Store } from './s3-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'yoman-store-'))
const settings = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a secret of the test', region: 'il-central-1', bucket: 'records' }
const bucket = await startS3(settings)
const s3 = (given: Partial<Parameters<typeof s3Store>[0]> = {}): FileStore => s3Store({ ...settings, endpoint: bucket.url, prefix: 'yoman/', ...given })
afterAll(async () => {
  await bucket.stop()
  rmSync(folder, { recursive: true, force: true })
})

const clinic = randomUUID()
const key = (of: string = clinic): string => `${of}/${randomUUID()}`
async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}
const put = (store: FileStore, under: string, bytes: Buffer): Promise<void> => store.put(under, pieces(bytes), bytes.length)
async function get(store: FileStore, under: string): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of await store.get(under)) all.push(piece)
  return Buffer.concat(all)
}
async function listed(store: FileStore, of: string): Promise<string[]> {
  const all: string[] = []
  for await (const one of store.list(of)) all.push(one.key)
  return all.sort()
}

describe.each([
  ['a folder', () => diskStore(folder)],
  ['a bucket', () => s3()],
])('%s', (_, open) => {
  const store = open()

  test('gives back what it was given, small and large', async () => {
    for (const length of [1, 65_536, 3_000_000]) {
      const [under, bytes] = [key(), randomBytes(length)]
      await put(store, under, bytes)
      expect((await get(store, under)).equals(bytes)).toBe(true)
    }
  })

  test('says that what is missing is damaged, and forgets what is removed, twice too', async () => {
    const under = key()
    await expect(store.get(under)).rejects.toMatchObject({ code: 'attachment_damaged' })
    await put(store, under, randomBytes(10))
    await store.remove(under)
    await store.remove(under)
    await expect(store.get(under)).rejects.toMatchObject({ code: 'attachment_damaged' })
  })

  test('lists what is of one clinic, all of it, with its time', async () => {
    const [one, other] = [randomUUID(), randomUUID()]
    const keys = [key(one), key(one), key(one), key(one), key(one)].sort()
    for (const under of [...keys, key(other)]) await put(store, under, randomBytes(5))
    expect(await listed(store, one)).toEqual(keys)
    expect(await listed(store, randomUUID())).toEqual([])
    for await (const { writtenAtMs } of store.list(one)) expect(Math.abs(writtenAtMs - performance.timeOrigin - performance.now())).toBeLessThan(60_000)
  })

  test('keeps nothing of what broke off on its way', async () => {
    const of = randomUUID()
    const broken = async function* () {
      yield randomBytes(1_000)
      throw new Error('the sender is gone')
    }
    await expect(store.put(key(of), broken(), 5_000)).rejects.toThrow()
    expect(await listed(store, of)).toEqual([])
  })

  test.each(['../../etc/passwd', `${clinic}/../x`, `${clinic}/a.part`, 'x', `${clinic}\\${clinic}`, ''])('takes no key like %j', async (wrong) => {
    await expect((async () => put(store, wrong, randomBytes(1)))()).rejects.toThrow('two uuids')
    await expect((async () => store.get(wrong))()).rejects.toThrow('two uuids')
  })
})

test('in a folder, what is under its name is whole, and only its owner reads it', async () => {
  const under = key()
  await put(diskStore(folder), under, randomBytes(100))
  const [of = '', name = ''] = under.split('/')
  const path = join(folder, of, name.slice(-2))
  expect(readdirSync(path).filter((one) => one.endsWith('.part'))).toEqual([])
  if (process.platform !== 'win32') expect([statSync(join(path, name)).mode & 0o777, statSync(path).mode & 0o777]).toEqual([0o600, 0o700])
})

test('in a bucket, each request is signed, and a prefix is kept', async () => {
  const under = key()
  await put(s3(), under, randomBytes(10))
  expect(bucket.objects.has(`yoman/${under}`)).toBe(true)
  await expect(put(s3({ secretAccessKey: 'another' }), key(), randomBytes(10))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' })
})

test('a bucket that is full is told as such; one that refuses is an error of ours', async () => {
  bucket.failing = 'full'
  await expect(put(s3(), key(), randomBytes(10))).rejects.toMatchObject({ code: 'storage_full' })
  bucket.failing = 'forbidden'
  await expect(s3().get(key())).rejects.toMatchObject({ name: 'AccessDenied' })
  bucket.failing = null
})

test('settings: a folder without any, a bucket with its keys, and every mistake told at once', () => {
  const read = (env: Record<string, string>) => {
    const reader = settingReader(env)
    const config = readFileStoreConfig(reader)
    reader.check()
    return config
  }
  expect(read({ DATA_DIR: '/srv/yoman' })).toEqual({ folder: join('/srv/yoman', 'files'), s3: null })
  const keys = { S3_BUCKET: 'records', S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'b' }
  expect(read(keys)).toEqual({ folder: null, s3: { bucket: 'records', prefix: '', region: 'us-east-1', endpoint: null, accessKeyId: 'a', secretAccessKey: 'b' } })
  expect(typeof openFileStore(read(keys)).put).toBe('function')
  try {
    read({ S3_BUCKET: 'records', S3_ENDPOINT: 'minio', S3_PREFIX: '/x' })
    throw new Error('all of that was taken')
  } catch (error) {
    expect(error instanceof ConfigError && error.problems).toHaveLength(4)
  }
})
