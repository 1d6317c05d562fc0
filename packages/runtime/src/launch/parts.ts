import { join } from 'node:path'
import type { LaunchConfig } from './config.ts'
import { LogFile } from './log-file.ts'
import { runToEnd, type Program } from './program.ts'

const SOURCES = { migrate: 'apps/worker/src/migrate-main.ts', demo: 'packages/testing/src/demo/main.ts', api: 'apps/api/src/main.ts', worker: 'apps/worker/src/main.ts' }

type Part = keyof typeof SOURCES

/** Runs the migrations or the demo's loader and returns what it printed. */
export function oneOff(part: 'migrate' | 'demo', config: LaunchConfig, env: NodeJS.ProcessEnv, stopping: AbortSignal): Promise<string> {
  return runToEnd({ ...program(part, config, env), stopping })
}

/** What stays up. In development the web client is served from its sources on the address, and the API one port above. */
export function serverPrograms(config: LaunchConfig, env: NodeJS.ProcessEnv): Program[] {
  if (!config.dev) return [program('api', config, env), program('worker', config, env)]
  const apiPort = config.port + 1
  const vite: Program = {
    name: 'web client',
    args: [join(config.root, 'node_modules/vite/bin/vite.js'), '--host', config.host, '--port', String(config.port), '--strictPort'],
    cwd: join(config.root, 'apps/web'),
    env: { ...env, API_PORT: String(apiPort) },
    log: new LogFile(config.dataDir, 'web', true),
  }
  return [program('api', config, { ...env, HOST: '127.0.0.1', PORT: String(apiPort) }), program('worker', config, env), vite]
}

function program(part: Part, config: LaunchConfig, env: NodeJS.ProcessEnv): Program {
  const stays = part === 'api' || part === 'worker'
  const args = config.dev ? [...(stays ? ['--watch'] : []), '--import', 'tsx', join(config.root, SOURCES[part])] : ['--enable-source-maps', join(config.root, 'dist', `${part}.js`)]
  const log = new LogFile(config.dataDir, part, config.dev)
  return { name: part === 'api' ? 'API' : part, args, cwd: config.root, env, log, announce }
}

/** A database without a clinic gets a link that makes the first one, once; it is worth nothing in a log nobody reads. */
function announce(text: string): void {
  const link = /^.*\n?\s*\S+\/setup#\S+/m.exec(text)
  if (link) console.log(`\n${link[0]}\n`)
}
