import { connect } from '@yoman/db/connect'
import { makeVault } from '@yoman/db/keys/vault'
import { openFileStore } from '@yoman/file-store/config'
import { instant } from '@yoman/domain/time'
import { systemClock } from '@yoman/use-cases/clock'
import { demoClock } from '@yoman/use-cases/demo-clock'
import { readDemoConfig } from './config.ts'
import { loadDemo } from './load.ts'
import { demoLogins, demoPassword } from './logins.ts'

const { url, dataKey, blindKey, clockStart, files } = readDemoConfig(process.env)
const pool = connect({ url, role: null, max: 2, onError: (error) => console.error(error.message) })
try {
  const now = clockStart ? instant(clockStart) : systemClock.now()
  // Before the API and the worker start: whichever came first would go by the machine's clock and send what is not due yet.
  if (clockStart) await demoClock(pool).moveTo(now)
  console.log(`demo clinic: ${await loadDemo({ pool, vault: makeVault(dataKey, blindKey), now, files: openFileStore(files) })}`)
  // The launcher reads this line, to tell people how to get in.
  console.log(JSON.stringify({ logins: demoLogins.map(({ role, email }) => ({ role, email, password: demoPassword })) }))
} finally {
  await pool.end()
}
