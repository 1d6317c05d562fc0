import { startTaxAuthority } from '../tax-authority/start.ts'
import type { LaunchConfig } from './config.ts'
import { LogFile } from './log-file.ts'

/** Whom allocation numbers are asked of: what the settings name, in a demo else the stand-in, else nobody. */
export type Authority = { env: NodeJS.ProcessEnv; stop: () => Promise<void> }

/** Worth nothing anywhere but at the stand-in. */
const DEMO_CLIENT = { clientId: 'yoman-demo', clientSecret: 'stand-in' }

export async function startAuthority(config: LaunchConfig): Promise<Authority> {
  if (!config.demo || config.env['TAX_AUTHORITY_CLIENT_ID']) return { env: {}, stop: async () => {} }
  const log = new LogFile(config.dataDir, 'tax-authority', config.dev)
  const { oauthUrl, apiUrl, stop } = await startTaxAuthority({ ...DEMO_CLIENT, log: log.line })
  return { env: { TAX_AUTHORITY_CLIENT_ID: DEMO_CLIENT.clientId, TAX_AUTHORITY_CLIENT_SECRET: DEMO_CLIENT.clientSecret, TAX_AUTHORITY_OAUTH_URL: oauthUrl, TAX_AUTHORITY_API_URL: apiUrl }, stop }
}
