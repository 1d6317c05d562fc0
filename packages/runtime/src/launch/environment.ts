import { join } from 'node:path'
import type { LaunchConfig } from './config.ts'
import type { Database } from './database.ts'
import type { Keys } from './keys.ts'

/** The settings of API, worker and loaders: what was given, with everything computed filled in. `outside`: where the ways out of the house lead. */
export function childEnvironment(config: LaunchConfig, keys: Keys, database: Database, outside: readonly NodeJS.ProcessEnv[]): NodeJS.ProcessEnv {
  return {
    ...config.env,
    NODE_ENV: config.dev ? 'development' : 'production',
    HOST: config.host,
    PORT: String(config.port),
    PUBLIC_URL: config.publicUrl,
    DATA_DIR: config.dataDir,
    WEB_DIR: join(config.root, 'apps/web/dist'),
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATA_KEY: keys.dataKey,
    BLIND_INDEX_KEY: keys.blindIndexKey,
    JWT_PRIVATE_KEY: keys.jwtPrivateKey,
    DEMO: config.demo ? '1' : '0',
    ...Object.assign({}, ...outside),
  }
}
