import { startAccounting } from '../accounting/start.ts'
import type { LaunchConfig } from './config.ts'
import { LogFile } from './log-file.ts'

/** The demo's stand-in for accounting services, where connecting can be tried; elsewhere there is none. */
export type AccountingStandIns = { env: NodeJS.ProcessEnv; stop: () => Promise<void> }

/** Worth nothing anywhere but at the stand-in, whose page tells them. */
const demoLogins = { priority: { company: 'demo', user: 'yoman', password: 'stand-in' }, hashavshevet: { key: 'yoman-demo', database: 'demo', report: 'journal' } }

export async function startAccountingStandIn(config: LaunchConfig): Promise<AccountingStandIns> {
  if (!config.demo) return { env: {}, stop: async () => {} }
  const log = new LogFile(config.dataDir, 'accounting', config.dev)
  const { url, stop } = await startAccounting({ ...demoLogins, log: log.line })
  const named = config.env['ACCOUNTING_ORIGINS'] ?? ''
  return { env: { ACCOUNTING_ORIGINS: named === '' ? url : `${named},${url}`, ACCOUNTING_STAND_IN_URL: url }, stop }
}
