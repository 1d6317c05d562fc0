// A note is typed word by word, and again and again the worst happens: a window closed, a browser killed, the network cut, the
// session ended, the server killed, a second author at once. After each, every word is in the note, in a draft that is offered
// again, or in a conflict that is shown.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findChromium } from '@yoman/testing/find-programs'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { type Api, apiOf } from './api-of.ts'
import { signIn } from './page.ts'

/**
 * So many words may be on their way to the disk at the moment of a crash. They are typed here at ten times a person's speed, so
 * that two of them are less than one word of a fast writer; counted in words, for a busy machine slows both alike.
 */
const onTheirWay = 2
/** Of all seven kinds each, and each round at another moment of the typing; NOTE_CRASH_ROUNDS=9 makes some sixty crashes in five minutes. */
const rounds = Number(process.env['NOTE_CRASH_ROUNDS'] ?? 3)
const wordsBetween = 6

let product: TestProduct
let folder: string
// Signed in for each call anew: sixty crashes take longer than a session's token lives.
const hygienist: Api = async <T>(...call: Parameters<Api>) => (await apiOf(product.url, 'hygienist'))<T>(...call)
beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  folder = await mkdtemp(join(tmpdir(), 'yoman-browser-'))
})
afterAll(async () => {
  await killBrowser()
  await product?.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

// A browser of one profile that can be killed as the power button does: with all its processes, at once.
let processes: ChildProcess | undefined
let browser: Browser | undefined
let context: BrowserContext
let page: Page
let address = ''

async function startBrowser(): Promise<void> {
  const file = join(folder, 'DevToolsActivePort')
  await rm(file, { force: true })
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const options = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${folder}`, '--no-first-run', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--lang=he-IL', ...asRoot, 'about:blank']
  processes = spawn(findChromium() ?? 'chromium', options, { stdio: 'ignore', detached: true })
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8').includes('\n'), { timeout: 20_000, interval: 50 }).toBe(true)
  browser = await chromium.connectOverCDP(`http://127.0.0.1:${readFileSync(file, 'utf8').split('\n')[0] ?? ''}`)
  const [kept] = browser.contexts()
  if (!kept) throw new Error('the profile has one context')
  context = kept
  context.setDefaultTimeout(15_000)
}

async function killBrowser(): Promise<void> {
  if (processes?.pid === undefined) return
  const ended = once(processes, 'exit')
  process.kill(-processes.pid, 'SIGKILL')
  await ended
  await browser?.close().catch(() => undefined) // there is nobody left to close
  processes = browser = undefined
}

/** The visit in a new window, through the sign-in where there is none any more. */
async function openVisit(): Promise<void> {
  page = await context.newPage()
  await page.goto(address || `${product.url}/room`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await enterIfAsked()
}

async function enterIfAsked(): Promise<void> {
  const asked = page.getByRole('textbox', { name: 'סיסמה' })
  await asked.or(page.getByRole('heading', { name: 'חדר הטיפול' })).first().waitFor()
  if (await asked.isVisible()) await signIn(page, 'doctor@shaked.example')
  await page.getByRole('heading', { name: 'חדר הטיפול' }).waitFor()
}

const note = () => page.getByRole('textbox', { name: 'סיכום הטיפול' })
/** Until the server has every letter; what is in the way is part of the failure. */
const saved = () => expect.poll(async () => [await page.locator('[data-save]').getAttribute('data-save'), ...(await page.getByRole('alert').allInnerTexts())], { timeout: 30_000 }).toEqual(['saved'])

const typed: string[] = []
/** Types so many words more, as fast as the browser takes them, and nothing after them. */
async function typeWords(count: number): Promise<void> {
  await note().press('Control+End')
  for (let left = count; left > 0; left -= 1) {
    const word = `מילה${typed.length + 1}`
    await note().pressSequentially(`${word} `, { delay: 8 })
    typed.push(word)
  }
}

/** All that somebody who comes back finds: the note, drafts that are offered, the texts of a conflict. */
async function found(): Promise<string> {
  const shown = await page.locator('[data-unsaved-text], [data-conflict]').allInnerTexts()
  return [await note().inputValue(), ...shown].join(' ')
}

/** Every word but those that may have been on their way; they are looked for until they are there. */
async function expectAll(lost: number, what: string): Promise<void> {
  const due = typed.slice(0, typed.length - lost)
  await expect.poll(async () => missing(await found(), due), { message: `after ${what}`, timeout: 10_000 }).toEqual([])
  // What was on its way and did not arrive was never promised; the next words go on without it.
  for (const word of missing(await found(), typed)) typed[typed.indexOf(word)] = ''
}
const missing = (text: string, words: readonly string[]): string[] => words.filter((word) => word !== '' && !new RegExp(`${word}(?!\\d)`).test(text))

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** Takes back what is offered, so that the note goes on from there. */
async function takeBack(): Promise<void> {
  const offers = page.locator('[data-unsaved-text]')
  for (let left = await offers.count(); left > 0; left -= 1) {
    const [onDevice = ''] = await offers.first().getByRole('group').allInnerTexts()
    // What is offered mostly goes on from what is in the note; then it alone is the note.
    const goesOn = plain(onDevice).startsWith(plain(await note().inputValue()))
    await offers.first().getByRole('button', { name: goesOn ? 'לשחזר את הטקסט הזה' : 'לשמור את שני הטקסטים' }).click()
    await expect.poll(() => offers.count()).toBe(left - 1)
  }
  await saved()
}

/** Each gives how many words may have been on their way when it happened. */
const happenings: Record<string, () => Promise<number>> = {
  'the window was closed': async () => {
    await page.close()
    await openVisit()
    return onTheirWay
  },
  'the browser was killed': async () => {
    await killBrowser()
    await startBrowser()
    await openVisit()
    return onTheirWay
  },
  'the network was cut': async () => {
    await context.setOffline(true)
    await typeWords(wordsBetween)
    await page.locator('[data-save=failed]').waitFor()
    await page.close()
    await context.setOffline(false)
    await openVisit()
    return 0
  },
  'the network was cut for a moment': async () => {
    await context.setOffline(true)
    await typeWords(wordsBetween)
    await context.setOffline(false)
    await saved()
    return 0
  },
  'the session was ended': async () => {
    const ended = await context.request.post(`${product.url}/api/auth/sign-out`, { headers: { 'x-yoman': '1', origin: product.url } })
    expect(ended.status()).toBe(204)
    await page.getByRole('textbox', { name: 'סיסמה' }).waitFor()
    await enterIfAsked()
    await note().waitFor()
    return onTheirWay
  },
  'the server was killed': async () => {
    product.crash('api')
    await typeWords(wordsBetween)
    await saved()
    return 0
  },
  'two wrote at once': async () => {
    await saved()
    const id = await encounterId()
    const { note: now } = await hygienist<{ note: { seq: number; body: string } }>('GET', `/encounters/${id}`)
    const word = `שיננית${typed.length + 1}`
    await hygienist('PUT', `/encounters/${id}/draft`, { baseSeq: now.seq, body: `${now.body}\n${word} ` })
    typed.push(word)
    await typeWords(2)
    await page.locator('[data-conflict]').waitFor()
    await expect.poll(async () => missing(await found(), typed)).toEqual([])
    await page.getByRole('button', { name: 'לשמור את שני הטקסטים' }).click()
    await saved()
    return 0
  },
}

const encounterId = async (): Promise<string> => {
  const { items } = await hygienist<{ items: { appointmentId: string; encounter: { id: string } | null }[] }>('GET', `/room-days?date=2026-11-22&practitionerId=${await practitioner()}`)
  const id = items.find(({ appointmentId }) => address.endsWith(appointmentId))?.encounter?.id
  if (id === undefined) throw new Error('the visit has an encounter')
  return id
}
const practitioner = async (): Promise<string> => (await (await apiOf(product.url, 'doctor'))<{ practitionerId: string }>('GET', '/me')).practitionerId

test('whatever happens while a note is typed, every word of it is found again', async () => {
  await startBrowser()
  await openVisit()
  await page.getByRole('main').getByRole('listitem').getByRole('link').nth(2).click()
  await page.getByRole('button', { name: 'התחלת הטיפול' }).click()
  await note().waitFor()
  address = page.url()

  for (let round = 0; round < rounds; round += 1) {
    for (const [what, happen] of Object.entries(happenings)) {
      await typeWords(wordsBetween + round)
      const lost = await happen()
      await note().waitFor()
      await expectAll(lost, what)
      await takeBack().catch((error: unknown) => Promise.reject(new Error(`after ${what}`, { cause: error })))
    }
  }

  expect(typed.length).toBeGreaterThan(50 * rounds)
  const kept = typed.filter((word) => word !== '')
  expect(kept.length).toBeGreaterThanOrEqual(typed.length - 3 * onTheirWay * rounds) // of closed windows, killed browsers and ended sessions
  const { note: record } = await hygienist<{ note: { body: string } }>('GET', `/encounters/${await encounterId()}`)
  expect(missing(record.body, kept)).toEqual([])
}, 160_000 * rounds) // half a minute each on a machine of its own
