// Every screen, for people who see little, use no mouse, or read English.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
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

test.each(['he', 'en'] as const)('no screen keeps anybody out, by day and by night: %s', async (language) => {
  const found: string[] = []
  const [owner, doctor] = await Promise.all(['owner', 'doctor'].map(enter)) as [OpenPage, OpenPage] // one for each name
  if (language === 'en') await Promise.all([owner, doctor].map(({ page }) => turnLanguage(page, 'he')))
  for (const screen of screens) {
    const { page } = { owner, doctor }[screen.who]
    const { name } = screen
    await show(page, product.url, screen)
    found.push(...(await barriers(page)).map((barrier) => `${name}: ${barrier}`))
    await page.emulateMedia({ colorScheme: 'dark' })
    found.push(...(await barriers(page, 'colours')).map((barrier) => `${name} in the dark: ${barrier}`))
    await page.emulateMedia({ colorScheme: 'light' })
    const wide = await sideways(page)
    if (wide !== 0) found.push(`${name}: ${wide} pixels too wide`)
  }
  if (language === 'en') await Promise.all([owner, doctor].map(({ page }) => turnLanguage(page, 'en')))
  expect(found).toEqual([])
  expect([...owner.troubles, ...doctor.troubles]).toEqual([])
  await Promise.all([owner.context.close(), doctor.context.close()])
})

// What people with bad eyes and small screens do to a page. 200 % of a window of 1280 pixels leaves 640.
const looks = [
  { name: '320 pixels', width: 320, height: 640, textSize: 'normal', density: 'normal' },
  { name: '200 %, large text', width: 640, height: 400, textSize: 'large', density: 'compact' },
  { name: 'a phone, largest text', width: 390, height: 844, textSize: 'largest', density: 'roomy' },
] as const

test.each(['he', 'en'] as const)('no page has to be scrolled sideways, however large its letters and however small its window: %s', async (language) => {
  const found: string[] = []
  const { page, context, troubles } = await enter('owner')
  if (language === 'en') await turnLanguage(page, 'he')
  for (const { name, width, height, textSize, density } of looks) {
    await page.setViewportSize({ width, height })
    for (const screen of screens.filter(({ who, open }) => who === 'owner' && !open)) {
      await show(page, product.url, screen)
      await page.evaluate(`Object.assign(document.documentElement.dataset, ${JSON.stringify({ textSize, density })})`)
      const wide = await sideways(page)
      if (wide !== 0) found.push(`${screen.name}, ${name}: ${wide} pixels too wide`)
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  if (language === 'en') await turnLanguage(page, 'en')
  expect(found).toEqual([])
  expect(troubles).toEqual([])
  await context.close()
})
