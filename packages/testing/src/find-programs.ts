import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

/** Path of the Redis (or Valkey) server installed on this machine; `undefined` where there is none. */
export const findRedis = (): string | undefined => onPath('redis-server', 'valkey-server')

/**
 * Path of a Chromium installed on this machine: `CHROMIUM_PATH`, then what is on the PATH, then where macOS keeps
 * applications, then Playwright's own store. Ubuntu's snap wrapper is left out: it cannot read our temporary folders.
 */
export function findChromium(): string | undefined {
  const told = process.env['CHROMIUM_PATH']
  if (told !== undefined && told !== '') return runnable(told) ? told : undefined
  const found = onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome')
  if (found !== undefined) return found
  const applications = ['Chromium', 'Google Chrome'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
  return applications.find(runnable) ?? [chromium.executablePath()].find(runnable)
}

function onPath(...names: string[]): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']
  const candidates = names.flatMap((name) => folders.filter((folder) => folder !== '').map((folder) => join(folder, name)))
  return candidates.find((path) => runnable(path) && !isSnap(path))
}

const isSnap = (path: string): boolean => path.startsWith('/snap/') || (path === '/usr/bin/chromium-browser' && existsSync('/snap/bin/chromium'))

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false // not there, or not ours to run: both mean "look further"
  }
}
