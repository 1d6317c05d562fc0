import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { Readable } from 'node:stream'
import type { FileStore, StoredFile } from '@yoman/domain/attachments/file-store'
import { Refusal } from '@yoman/domain/refusal'
import { checkKey } from './key.ts'

export interface S3Settings {
  bucket: string
  region: string
  /** Null is Amazon's own; else any store that speaks the same, with the bucket in the path. */
  endpoint: string | null
  accessKeyId: string
  secretAccessKey: string
  /** Put before every key, for a bucket that others use too; empty or ending with a slash. */
  prefix: string
}

/** A bucket. What S3 has answered 200 for is durable by its own promise. */
export function s3Store({ bucket, region, endpoint, accessKeyId, secretAccessKey, prefix }: S3Settings): FileStore {
  const client = new S3Client({
    region,
    credentials: { accessKeyId, secretAccessKey },
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    // Our own seal tells a changed byte; many stores that speak S3 do not know the newer trailing checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000 },
  })
  const place = (key: string) => ({ Bucket: bucket, Key: `${prefix}${checkKey(key).clinic}/${checkKey(key).name}` })
  return {
    async put(key, bytes, length) {
      const stop = new AbortController()
      const body = Readable.from(bytes)
      // A source that breaks off ends the request; unheard, its error would end the process.
      body.once('error', (error) => stop.abort(error))
      try {
        await client.send(new PutObjectCommand({ ...place(key), Body: body, ContentLength: length, ContentType: 'application/octet-stream' }), { abortSignal: stop.signal })
      } catch (error) {
        if (stop.signal.aborted) throw stop.signal.reason
        throw isFull(error) ? new Refusal('storage_full') : error
      }
    },
    async get(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand(place(key)))
        if (!(Body instanceof Readable)) throw new Error('the store answered without a body')
        return Body
      } catch (error) {
        throw error instanceof NoSuchKey ? new Refusal('attachment_damaged') : error
      }
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand(place(key)))
    },
    list: (clinicId) => listed(client, bucket, `${prefix}${clinicId}/`, prefix.length),
  }
}

async function* listed(client: S3Client, Bucket: string, Prefix: string, cut: number): AsyncGenerator<StoredFile> {
  for (let token: string | undefined; ; ) {
    const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix, ...(token === undefined ? {} : { ContinuationToken: token }) }))
    for (const { Key, LastModified } of page.Contents ?? []) if (Key && LastModified) yield { key: Key.slice(cut), writtenAtMs: LastModified.getTime() }
    token = page.NextContinuationToken
    if (!page.IsTruncated || token === undefined) return
  }
}

/** Amazon's is endless; others answer 507 or name their own limit. */
const isFull = (error: unknown): boolean =>
  error instanceof Error && (/^(XMinioStorageFull|QuotaExceeded|EntityTooLarge|InsufficientCapacity)$/.test(error.name) || ('$metadata' in error && (error.$metadata as { httpStatusCode?: number }).httpStatusCode === 507)) // the SDK's own field
