import pino from 'pino'
import { connect } from '@yoman/db/connect'
import { makeVault } from '@yoman/db/keys/vault'
import { systemClock } from '@yoman/use-cases/clock'
import { offerSetup } from '@yoman/use-cases/sessions/set-up'
import { ConfigError, readConfig } from './config.ts'
import { buildServer } from './server.ts'
import { makePasswords } from './sessions/passwords.ts'

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const logger = pino({ level: config.logLevel, base: { part: 'api' } })
  const pool = connect({ url: config.databaseUrl, role: 'yoman_api', max: config.poolSize, onError: (error) => logger.warn({ reason: error.message }, 'an idle database connection broke') })
  const services = {
    pool,
    vault: makeVault(config.dataKey, config.blindIndexKey),
    clock: systemClock,
    securityClock: systemClock,
    passwords: makePasswords(),
    publicUrl: config.publicUrl,
    demo: config.demo,
    twilio: config.twilio,
  }
  const app = await buildServer({ services, jwtKey: config.jwtKey, trustProxy: config.trustProxy, logger })
  app.addHook('onClose', () => pool.end())

  const secret = await offerSetup(pool, systemClock.now())
  await app.listen({ host: config.host, port: config.port })
  if (secret !== null) console.log(`This system has no clinic yet. Open this link within a day to make it (it works once):\n  ${config.publicUrl}/setup#${secret}`)

  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void app.close())
}

main().catch((error: unknown) => {
  // A wrong setting is told as a sentence; anything else with its trace.
  console.error(error instanceof ConfigError ? error.message : error)
  process.exitCode = 1
})
