// Reads `.env` beside package.json, where there is one. What the environment already says wins.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './install.mjs'

export function loadEnvironment() {
  const file = join(root, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
}
