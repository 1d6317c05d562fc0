// Every screen, for people who see little, use no mouse, or read English.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { turnTo } from '@yoman/testing/screenshots/every-screen'
import { screens, show } from '@yoman/testing/screenshots/screens'
import { beginBooking, card, english, findPatient, freeTimes, hebrew } from './desk.ts'
import { barriers, openAs, type OpenPage, sideways, turnLanguage } from './page.ts'

let product: TestProduct
let browser: Browser

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const enter = (who: string): Promise<OpenPage> => openAs(browser, product.url, who)

test('a visit is booked without a mouse, on a Hebrew keyboard', async () => {
  const { page, context, troubles } = await enter('desk')
  await page.getByRole('application').waitFor()
  await hebrewKey(page, 'KeyN', 'מ')
  const dialog = page.getByRole('dialog', { name: hebrew.newBooking })
  await dialog.waitFor()
  await page.keyboard.type('כהן')
  await page.getByRole('option', { name: /כהן/ }).first().waitFor()
  await page.keyboard.press('Enter') // the first hit
  await dialog.getByRole('button', { name: 'חזרה לחיפוש' }).waitFor()

  await tabTo(page, hebrew.visitType)
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: 'סתימה' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const times = dialog.getByRole('region', { name: hebrew.freeTimes }).getByRole('listitem').getByRole('button')
  await times.first().waitFor()
  const first = (await times.first().getAttribute('aria-label')) ?? ''
  await tabTo(page, first)
  await page.keyboard.press('Enter')
  await tabTo(page, hebrew.book)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('status').filter({ hasText: /נקבע תור: .*כהן/ }).first().waitFor()
  expect(troubles).toEqual([])
  await context.close()
})

/** A key as a keyboard with Hebrew letters gives it: its place is the same, its letter is not. */
async function hebrewKey(page: Page, code: string, key: string): Promise<void> {
  await page.evaluate(`document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { code: '${code}', key: '${key}', bubbles: true, cancelable: true }))`)
}

/** Presses Tab until what has the focus is called so; fails after forty. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const named = page.locator(':focus').and(page.getByRole('button', { name }).or(page.getByRole('combobox', { name })))
  for (let left = 40; left > 0; left -= 1) {
    if ((await named.count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${name}`)
}

test('the same work in English, from left to right', async () => {
  const { page, context, troubles } = await enter('desk3')
  await turnLanguage(page, 'he')
  expect(await page.locator('html').getAttribute('dir')).toBe('ltr')
  await page.getByRole('button', { name: english.nextDay }).click()
  await page.getByRole('heading', { name: 'Monday' }).waitFor()
  const dialog = await beginBooking(page, english, 'Check-up', 'Dr Michal Levi')
  await findPatient(dialog, english, 'goldstein', 'Goldstein')
  await freeTimes(dialog, english, '23').first().click()
  const time = await dialog.getByRole('textbox', { name: 'Time' }).inputValue()
  await dialog.getByRole('button', { name: english.book }).click()
  await dialog.waitFor({ state: 'detached' })
  const booked = card(page, 'Goldstein').filter({ hasText: time })
  await booked.click()
  await page.getByRole('button', { name: 'Confirm', exact: true }).click()
  await booked.filter({ hasText: 'Confirmed' }).waitFor()
  await page.getByRole('link', { name: "Patient's record" }).click()
  await page.getByRole('tab', { name: 'Details' }).waitFor()
  // Names of people stay as they are written; of our own words none may be left behind.
  const ours = await page.getByRole('navigation').first().getByRole('link').or(page.getByRole('tab')).allInnerTexts()
  expect(ours.length).toBeGreaterThan(9)
  expect(ours.join()).not.toMatch(/\p{Script=Hebrew}/u)
  expect(await sideways(page)).toBe(0)
  expect(troubles).toEqual([])
  await context.close()
})

// Sixty screens take their time on a busy machine; what hangs is told by the shorter limits of each step.
const longest = 600_000
const parts = { pages: screens.filter(({ open }) => !open), 'what opens over them': screens.filter(({ open }) => open) }
const ways = (['he', 'en'] as const).flatMap((language) => (['pages', 'what opens over them'] as const).map((part) => ({ language, part })))

// What people with bad eyes and small screens do to a page. 200 % of a window of 1280 pixels leaves 640.
const desk = { name: 'a desk', width: 1280, height: 800, textSize: 'normal', density: 'normal' } as const
const looks = [
  desk,
  { name: '320 pixels', width: 320, height: 640, textSize: 'normal', density: 'normal' },
  { name: '200 %, large text', width: 640, height: 400, textSize: 'large', density: 'compact' },
  { name: 'a phone, largest text', width: 390, height: 844, textSize: 'largest', density: 'roomy' },
] as const

test.each(ways)('nothing keeps anybody out, by day, by night, large or small: $part, $language', { timeout: longest }, async ({ language, part }) => {
  const found: string[] = []
  const people = Object.fromEntries(await Promise.all((['owner', 'doctor'] as const).map(async (who) => [who, await enter(who)] as const))) as Record<'owner' | 'doctor', OpenPage> // fromEntries forgets its keys
  if (language === 'en') for (const { page } of Object.values(people)) await turnLanguage(page, 'he')
  for (const screen of parts[part]) {
    const { page } = people[screen.who]
    await show(page, product.url, screen)
    found.push(...(await barriers(page)).map((barrier) => `${screen.name}: ${barrier}`))
    // The colours are the same in both languages, and what opens over a page is laid out for the window it opened in.
    if (language === 'he') found.push(...(await inTheDark(page)).map((barrier) => `${screen.name} in the dark: ${barrier}`))
    for (const look of part === 'pages' ? looks : [desk]) {
      const wide = await inLook(page, look)
      if (wide !== 0) found.push(`${screen.name}, ${look.name}: ${wide} pixels too wide`)
    }
    await inLook(page, desk)
  }
  for (const { page } of Object.values(people)) await turnTo(page, product.url, 'he')
  expect(found).toEqual([])
  expect(Object.values(people).flatMap(({ troubles }) => troubles)).toEqual([])
  for (const { context } of Object.values(people)) await context.close()
})

async function inTheDark(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'dark' })
  const found = await barriers(page, 'colours')
  await page.emulateMedia({ colorScheme: 'light' })
  return found
}

/** By how many pixels a page is wider than a window of this size, with letters and room as somebody likes them. */
async function inLook(page: Page, { width, height, textSize, density }: (typeof looks)[number]): Promise<number> {
  await page.setViewportSize({ width, height })
  await page.evaluate(`Object.assign(document.documentElement.dataset, ${JSON.stringify({ textSize, density })})`)
  return sideways(page)
}

// As the browser counts it: the part of the window that moved, times how far. Above 0.1 is poor; ours stay far below.
const mostShift = 0.03

test.each([{ width: 1280, height: 800 }, { width: 390, height: 844 }])('nothing jumps while a page comes in: $width pixels wide', { timeout: longest }, async ({ width, height }) => {
  const found: string[] = []
  const { page, context, troubles } = await enter('owner')
  await page.setViewportSize({ width, height })
  await page.addInitScript('window.shifted = 0; new PerformanceObserver((list) => list.getEntries().forEach(({ hadRecentInput, value }) => { if (!hadRecentInput) window.shifted += value })).observe({ type: "layout-shift", buffered: true })')
  for (const screen of parts.pages.filter(({ who }) => who === 'owner')) {
    await show(page, product.url, screen)
    await page.locator('main .animate-pulse').first().waitFor({ state: 'detached' })
    const shifted = await page.evaluate<number>('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(window.shifted))))')
    if (shifted > mostShift) found.push(`${screen.name}: ${shifted.toFixed(3)}`)
  }
  expect(found).toEqual([])
  expect(troubles).toEqual([])
  await context.close()
})
