import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Keys = {
  /** 32 bytes in base64: wraps the clinics' data keys. Without it clinical text is lost. */
  dataKey: string
  /** 32 bytes in base64: makes national ids searchable without being readable. */
  blindIndexKey: string
  /** Ed25519, PKCS#8 PEM in base64: signs the sign-in pointers. */
  jwtPrivateKey: string
  databasePassword: string
  /** For the post office, which checks and signs with it as Twilio would. */
  twilioAccountSid: string
  twilioAuthToken: string
}

/**
 * The keys of this data folder, made once and kept in `keys.json`, readable by its owner alone. Keys that the
 * environment gives are used instead, and then are not written down.
 * @throws Error when the file is damaged: new keys in its place would make the data unreadable
 */
export function loadKeys(dataDir: string, env: NodeJS.ProcessEnv): Keys {
  const file = join(dataDir, 'keys.json')
  const kept = existsSync(file) ? read(file) : make()
  if (!existsSync(file)) write(file, kept)
  return {
    ...kept,
    ...(env['DATA_KEY'] && { dataKey: env['DATA_KEY'] }),
    ...(env['BLIND_INDEX_KEY'] && { blindIndexKey: env['BLIND_INDEX_KEY'] }),
    ...(env['JWT_PRIVATE_KEY'] && { jwtPrivateKey: env['JWT_PRIVATE_KEY'] }),
  }
}

function make(): Keys {
  const { privateKey } = generateKeyPairSync('ed25519')
  return {
    dataKey: randomBytes(32).toString('base64'),
    blindIndexKey: randomBytes(32).toString('base64'),
    jwtPrivateKey: Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64'),
    databasePassword: randomBytes(24).toString('base64url'),
    twilioAccountSid: `AC${randomBytes(16).toString('hex')}`,
    twilioAuthToken: randomBytes(16).toString('hex'),
  }
}

/** Written beside and renamed: a half-written file of keys would be worse than none. */
function write(file: string, keys: Keys): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function read(file: string): Keys {
  const text = readFileSync(file, 'utf8')
  const names: (keyof Keys)[] = ['dataKey', 'blindIndexKey', 'jwtPrivateKey', 'databasePassword', 'twilioAccountSid', 'twilioAuthToken']
  try {
    const keys: Partial<Keys> = JSON.parse(text)
    if (names.every((name) => typeof keys[name] === 'string')) return keys as Keys // every name was just checked
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Error(`${file} is damaged. Restore it from a copy, or start over with "npm run reset": the data cannot be read without its keys.`)
}
