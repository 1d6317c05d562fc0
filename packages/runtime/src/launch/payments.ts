import { demoPayPlusKeys } from '../payplus/demo-keys.ts'
import { startPayPlus } from '../payplus/start.ts'
import type { LaunchConfig } from './config.ts'
import { LogFile } from './log-file.ts'

/** Whom pages to pay on are asked of: what the settings name, in a demo else the stand-in. */
export type Payments = { env: NodeJS.ProcessEnv; stop: () => Promise<void> }

export async function startPayments(config: LaunchConfig): Promise<Payments> {
  if (!config.demo || config.env['PAYPLUS_API_URL']) return { env: {}, stop: async () => {} }
  const log = new LogFile(config.dataDir, 'payplus', config.dev)
  const { apiUrl, stop } = await startPayPlus({ keys: demoPayPlusKeys, log: log.line })
  return { env: { PAYPLUS_API_URL: apiUrl }, stop }
}
