import { join } from 'node:path'
import type { FileStore } from '@yoman/domain/attachments/file-store'
import { diskStore } from './disk-store.ts'
import { type S3Settings, s3Store } from './s3-store.ts'

export interface FileStoreConfig {
  /** The folder; null where there is a bucket. */
  folder: string | null
  s3: S3Settings | null
}

/** The part of the programs' setting reader that is asked here. */
interface Reader {
  text(name: string): string | null
  required(name: string, what: string): string
  url(name: string, protocols: readonly string[]): string
  say(problem: string): void
}

/** Where attachments lie: `S3_BUCKET` says a bucket, else `DATA_DIR/files`. The same settings for every program. */
export function readFileStoreConfig(read: Reader): FileStoreConfig {
  const bucket = read.text('S3_BUCKET')
  if (bucket === null) return { folder: join(read.text('DATA_DIR') ?? '.data', 'files'), s3: null }
  const prefix = read.text('S3_PREFIX') ?? ''
  if (!/^([\w.-]+\/)*$/.test(prefix)) read.say('S3_PREFIX is wrong; it is a path that ends with a slash, for example yoman/.')
  return {
    folder: null,
    s3: {
      bucket,
      prefix,
      region: read.text('S3_REGION') ?? 'us-east-1',
      endpoint: read.text('S3_ENDPOINT') === null ? null : read.url('S3_ENDPOINT', ['http:', 'https:']),
      accessKeyId: read.required('S3_ACCESS_KEY_ID', 'the key that may read and write the bucket'),
      secretAccessKey: read.required('S3_SECRET_ACCESS_KEY', "that key's secret"),
    },
  }
}

export const openFileStore = ({ folder, s3 }: FileStoreConfig): FileStore => (s3 ? s3Store(s3) : diskStore(folder ?? '.data/files'))
