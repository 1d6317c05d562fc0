import { join } from 'node:path'
import type { LaunchConfig } from './config.ts'
import type { Posting } from './posting.ts'

export type DemoLogin = { role: string; email: string; password: string }

/** Says where the product is and how to get in. */
export function welcome(config: LaunchConfig, posting: Posting, logins: DemoLogin[], say: (line: string) => void): void {
  say(`\n  Yoman is running:  ${config.publicUrl}\n`)
  if (logins.length > 0) {
    const width = Math.max(...logins.map(({ email }) => email.length))
    say('  Sign in to the demo clinic as')
    for (const { role, email, password } of logins) say(`    ${email.padEnd(width)}   ${password}   (${role})`)
    say('')
  }
  if (posting.office && config.demo) say(`  Messages go to no one; see them at  ${config.publicUrl}/dev/post\n`)
  if (config.databaseUrl && !config.env['DATA_KEY']) say(`  The keys that open the clinic's data are in ${join(config.dataDir, 'keys.json')}: keep a copy away from the database.\n`)
  say(`  Data and logs: ${config.dataDir}      End with Ctrl-C.`)
}
