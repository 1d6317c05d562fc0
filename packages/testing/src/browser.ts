import { type Browser, chromium } from 'playwright-core'
import { findChromium } from './find-programs.ts'

/** Launches the machine's Chromium without a window. Close it in `afterAll`. */
export async function testBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('No Chromium found. `npm test` installs one or says how.')
  // Chromium's sandbox refuses to run as root, and containers give it too small a /dev/shm.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return await chromium.launch({ executablePath, headless: true, args: [...asRoot, '--disable-dev-shm-usage'] })
}
