import { join } from 'node:path'
import { startPostOffice, type PostOffice } from '../post-office/start.ts'
import type { LaunchConfig } from './config.ts'
import type { Keys } from './keys.ts'
import { LogFile } from './log-file.ts'

/** Where messages go: what the settings name, and the post office for the rest. */
export type Posting = { env: NodeJS.ProcessEnv; office: PostOffice | undefined; stop: () => Promise<void> }

/** A number nobody has: fictitious, from the range kept for such use. */
const DEMO_SENDER = '+972559570100'
const DEMO_MAIL_FROM = 'Yoman <reminders@yoman.example>'

export async function startPosting(config: LaunchConfig, keys: Keys): Promise<Posting> {
  const { twilio, smtp } = config
  if (twilio && smtp) return { env: {}, office: undefined, stop: async () => {} }
  const log = new LogFile(config.dataDir, 'post-office', config.dev)
  const office = await startPostOffice({
    dataDir: join(config.dataDir, 'post-office'),
    accountSid: keys.twilioAccountSid,
    authToken: keys.twilioAuthToken,
    inboundUrl: `${config.publicUrl}/hooks/twilio/inbound`,
    log: log.line,
  })
  const sms = { TWILIO_ACCOUNT_SID: keys.twilioAccountSid, TWILIO_AUTH_TOKEN: keys.twilioAuthToken, TWILIO_FROM: DEMO_SENDER, TWILIO_API_BASE_URL: office.httpUrl }
  const mail = { SMTP_URL: office.smtpUrl, MAIL_FROM: DEMO_MAIL_FROM }
  return { env: { ...(twilio ? {} : sms), ...(smtp ? {} : mail), POST_OFFICE_URL: office.httpUrl }, office, stop: office.stop }
}
