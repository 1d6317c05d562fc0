import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { testBrowser } from '@yoman/testing/browser'
import type { Browser, Page } from 'playwright-core'
import { build, preview, type PreviewServer } from 'vite'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

// The grid of the playground (12 columns, 250 cards) in a real browser: pointers, keys and directions are its whole point.
const web = fileURLToPath(new URL('../../../', import.meta.url))
let folder: string
let server: PreviewServer
let browser: Browser
let page: Page

// Built, not served from the sources: the development server may reload a page under the test's hands.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yoman-grid-'))
  const options = { root: web, configFile: `${web}vite.config.ts`, logLevel: 'error', mode: 'playground' } as const
  await build({ ...options, build: { outDir: folder, minify: false, emptyOutDir: true } })
  server = await preview({ ...options, build: { outDir: folder }, preview: { host: '127.0.0.1', port: 0, open: false } })
  browser = await testBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  await page?.close()
  page = await browser.newPage({ viewport: { width: 1440, height: 1200 } })
  await page.goto(`${server.resolvedUrls?.local[0] ?? ''}playground/grid`)
  await page.locator('.card').first().waitFor({ timeout: 15_000 })
}, 30_000)

const heard = (): Promise<string | null> => page.locator('#heard').textContent()
const english = async (): Promise<void> => {
  await page.locator('button').first().click()
  await page.waitForFunction(() => document.documentElement.dir === 'ltr')
}
/** Where a time of a column is on the screen. */
async function point(column: number, minute: number): Promise<{ x: number; y: number }> {
  return page.evaluate(
    ([index, at]) => {
      const box = document.querySelectorAll('.grid-column')[index]!.getBoundingClientRect()
      const layer = document.querySelector('.grid-layer')!.getBoundingClientRect()
      return { x: box.left + box.width / 2, y: layer.top + ((at - 450) / (1230 - 450)) * layer.height }
    },
    [column, minute] as const,
  )
}
async function drag(from: { x: number; y: number }, to: { x: number; y: number }, end: 'drop' | 'hold' = 'drop'): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
  await page.mouse.move(to.x, to.y, { steps: 4 })
  if (end === 'drop') await page.mouse.up()
}
/** A card with nothing beside it, and where it can be grabbed. */
async function loneCard(): Promise<{ id: string; column: number; from: string; x: number; y: number; bottom: number; minutes: number }> {
  return page.evaluate(() => {
    const columns = [...document.querySelectorAll('.grid-column')]
    for (const card of document.querySelectorAll<HTMLElement>('.card')) {
      const box = card.getBoundingClientRect()
      const column = card.closest('.grid-column')!
      const spoken = card.querySelector('.card-spoken')!.textContent!
      const minutes = (Number(spoken.slice(6, 8)) - Number(spoken.slice(0, 2))) * 60 + Number(spoken.slice(9, 11)) - Number(spoken.slice(3, 5))
      if (box.width > column.getBoundingClientRect().width - 12 && minutes >= 30 && box.top > 300 && box.bottom < 700)
        return { id: card.dataset['event']!, column: columns.indexOf(column), from: spoken.slice(0, 5), x: box.left + box.width / 2, y: box.top + 6, bottom: box.bottom, minutes }
    }
    throw new Error('no card stands alone')
  })
}

test.each(['he', 'en'])('a card that is dragged lands in the column and at the time under the pointer (%s)', async (language) => {
  if (language === 'en') await english()
  const card = await loneCard()
  const target = (card.column + 3) % 9
  const [start, grabbed] = [await point(target, 900), card.y - (await point(card.column, toMinute(card.from))).y]
  await drag(card, { x: start.x, y: start.y + grabbed })
  expect(await heard()).toBe(`${card.id} c${target} 15:00–${text(900 + card.minutes)}`)
})

test('in Hebrew the first column is the rightmost', async () => {
  const [first, second] = [await point(0, 600), await point(1, 600)]
  expect(first.x).toBeGreaterThan(second.x)
})

test('Esc gives a drag up and nothing is told', async () => {
  const card = await loneCard()
  await drag(card, { x: card.x + 300, y: card.y + 100 }, 'hold')
  expect(await page.locator('.grid-ghost:not([hidden])').count()).toBe(1)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  expect(await page.locator('.grid-ghost:not([hidden])').count()).toBe(0)
  expect(await heard()).toBe('')
})

test('the lower edge of a card changes its length', async () => {
  const card = await loneCard()
  const perMinute = ((await point(0, 660)).y - (await point(0, 600)).y) / 60
  await drag({ x: card.x, y: card.bottom - 3 }, { x: card.x, y: card.bottom - 3 + 20 * perMinute })
  expect(await heard()).toBe(`${card.id} c${card.column} ${card.from}–${text(toMinute(card.from) + card.minutes + 20)}`)
})

test('an empty slot is booked by a click, or dragged out to its length', async () => {
  const from = await point(11, 1215)
  await page.mouse.click(from.x, from.y + 1)
  expect(await heard()).toBe('book c11 20:15–20:30')
  await drag({ x: from.x, y: from.y - 30 }, { x: from.x, y: from.y + 4 })
  expect(await heard()).toMatch(/^book c11 (19|20):\d\d–20:30$/)
})

test('a drag on a scrolled grid still lands under the pointer', async () => {
  await page.setViewportSize({ width: 800, height: 700 })
  await page.evaluate(() => document.querySelector('.day-grid')!.scrollTo({ left: -600, top: 120 }))
  const [from, to] = [await point(9, 1215 - 450), await point(10, 700)]
  const under = await page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.closest<HTMLElement>('.card')?.dataset['event'] ?? null, from)
  await drag(from, to)
  expect(await heard()).toContain(under === null ? 'book c9' : `${under} c10`)
})

test('the keyboard walks over slots and cards, mirrored in Hebrew, and opens what it stands on', async () => {
  await page.locator('.grid-layer').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  expect(await heard()).toContain('book c1 07:30–07:45')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  expect(await heard()).toContain('book c0 07:30–07:45')
  expect(await page.locator('[aria-live=polite][aria-atomic]').textContent()).toContain('07:30–07:45')
})

test('Alt and arrows carry a card, letting Alt go sets it down once', async () => {
  const card = await loneCard()
  await page.mouse.click(card.x, card.y)
  expect(await heard()).toBe(`open ${card.id}`)
  await page.keyboard.down('Alt')
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowDown')
  expect(await heard()).toBe(`open ${card.id}`)
  await page.keyboard.up('Alt')
  expect(await heard()).toBe(`${card.id} c${card.column} ${text(toMinute(card.from) + 15)}–${text(toMinute(card.from) + 15 + card.minutes)}`)
})

async function finger(card: { x: number; y: number }) {
  const touch = await page.context().newCDPSession(page)
  return (type: 'touchStart' | 'touchMove' | 'touchEnd', dy = 0) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: card.x, y: card.y + dy }] })
}

test('a finger moves a card after a long press', async () => {
  const card = await loneCard()
  const touch = await finger(card)
  await touch('touchStart')
  await page.waitForSelector('.grid-ghost:not([hidden])')
  for (const dy of [15, 30, 60]) await touch('touchMove', dy)
  await touch('touchEnd')
  await expect.poll(heard).toMatch(new RegExp(`^${card.id} c${card.column} `))
})

test('a swipe scrolls and moves nothing', async () => {
  await page.setViewportSize({ width: 1440, height: 800 })
  const touch = await finger(await loneCard())
  await touch('touchStart')
  for (const dy of [-15, -30, -60, -90]) await touch('touchMove', dy)
  await touch('touchEnd')
  await expect.poll(() => page.evaluate(() => document.querySelector('.day-grid')!.scrollTop)).toBeGreaterThan(20)
  expect(await heard()).toBe('')
})

const toMinute = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
const text = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
