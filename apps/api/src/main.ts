import pino, { type Logger } from 'pino'
import { connect, type Pool } from '@yoman/db/connect'
import { demoClockChannel } from '@yoman/db/demo/move-clock'
import { errorForLog } from '@yoman/db/error-for-log'
import { makeVault } from '@yoman/db/keys/vault'
import { openFileStore } from '@yoman/file-store/config'
import { instant } from '@yoman/domain/time'
import { systemClock } from '@yoman/use-cases/clock'
import { type DemoClock, demoClock } from '@yoman/use-cases/demo-clock'
import { offerSetup } from '@yoman/use-cases/sessions/set-up'
import { ConfigError } from '@yoman/use-cases/setting-reader'
import { makeReceiver } from './attachments/receive.ts'
import { type ApiConfig, readConfig } from './config.ts'
import { listenForNotices, type Notices } from './live/notices.ts'
import { buildServer } from './server.ts'
import { makePasswords } from './sessions/passwords.ts'

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const logger = pino({ level: config.logLevel, base: { part: 'api' }, serializers: { err: errorForLog } })
  const pool = connect({ url: config.databaseUrl, role: 'yoman_api', max: config.poolSize, onError: (error) => logger.warn({ reason: error.message }, 'an idle database connection broke') })
  const notices = listenForNotices(config.databaseUrl, logger)
  try {
    await start(config, logger, pool, notices)
  } catch (error) {
    await notices.close()
    await pool.end()
    throw error
  }
}

async function start(config: ApiConfig, logger: Logger, pool: Pool, notices: Notices): Promise<void> {
  const clock = config.demo ? await startDemoClock(config, pool, notices, logger) : null
  const services = {
    pool,
    vault: makeVault(config.dataKey, config.blindIndexKey),
    clock: clock ?? systemClock,
    securityClock: systemClock,
    passwords: makePasswords(),
    publicUrl: config.publicUrl,
    demo: config.demo,
    twilio: config.twilio,
    taxAuthority: config.taxAuthority,
    accountingOrigins: config.accountingOrigins,
    accountingStandIn: config.accountingStandIn,
    bounceKey: config.bounceKey,
    files: openFileStore(config.files),
    attachmentLimits: config.attachmentLimits,
    receiveFile: makeReceiver(config.attachmentLimits.mostBytes),
  }
  const demo = clock && { clock, postOfficeUrl: config.postOfficeUrl }
  const { jwtKey, trustProxy, webDir, metricsToken } = config
  const app = await buildServer({ services, jwtKey, trustProxy, logger, notices, demo, webDir, metricsToken })
  app.addHook('onClose', () => pool.end())

  const secret = await offerSetup(pool, systemClock.now())
  await app.listen({ host: config.host, port: config.port })
  if (secret !== null) console.log(`This system has no clinic yet. Open this link within a day to make it (it works once):\n  ${config.publicUrl}/setup#${secret}`)

  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void app.close())
}

/** The demo's clock stands where it was left, or where CLOCK_START says; it follows whoever moves it. */
async function startDemoClock(config: ApiConfig, pool: Pool, notices: Notices, logger: Logger): Promise<DemoClock> {
  const clock = demoClock(pool)
  await (config.clockStart === null ? clock.reload() : clock.moveTo(instant(config.clockStart)))
  notices.hear((notice) => {
    if ('lost' in notice) clock.reload().catch((error: Error) => logger.warn({ reason: error.message }, 'the demo clock could not be read'))
    else if (notice.channel === demoClockChannel) clock.follow(notice.payload)
  })
  return clock
}

main().catch((error: unknown) => {
  // A wrong setting is told as a sentence; anything else with its trace.
  console.error(error instanceof ConfigError ? error.message : error)
  process.exitCode = 1
})
