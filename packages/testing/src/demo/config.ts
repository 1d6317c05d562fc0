import { readFileStoreConfig } from '@yoman/file-store/config'
import { settingReader } from '@yoman/use-cases/setting-reader'

/** Settings of the demo's loader. */
export function readDemoConfig(env: NodeJS.ProcessEnv) {
  const url = env.DATABASE_OWNER_URL || env.DATABASE_URL
  if (!url || !env.DATA_KEY || !env.BLIND_INDEX_KEY) throw new Error('The demo needs DATABASE_URL, DATA_KEY and BLIND_INDEX_KEY')
  const read = settingReader(env)
  const files = readFileStoreConfig(read)
  read.check()
  return { url, dataKey: Buffer.from(env.DATA_KEY, 'base64'), blindKey: Buffer.from(env.BLIND_INDEX_KEY, 'base64'), clockStart: env.CLOCK_START, files }
}
