// What a receptionist does with an empty time, a lost race and a mistake, as the day brings it: by mouse and by keyboard, in Hebrew and in English.
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { choose } from './desk.ts'
import { barriers, openAs, type OpenPage } from './page.ts'

const empty = '2027-02-09' // a Tuesday on which nobody is booked yet
const doctor = 'ד״ר מיכל לוי'
let product: TestProduct
let browser: Browser
let desk: OpenPage
let page: Page

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  desk = await openAs(browser, product.url, 'desk')
  page = desk.page
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('the right button on an empty time offers what can be done with it, and a block begins there', async () => {
  await openDay(page, empty)
  await rightClick(page, doctor, '10:00')
  const menu = page.getByRole('menu', { name: 'מה אפשר לעשות במשבצת' })
  await expect.poll(() => menu.getByRole('menuitem').allInnerTexts()).toEqual(['קביעת תור כאן', 'שיבוץ מרשימת ההמתנה', 'חסימת הזמן הזה', 'משימה לשעה הזאת'])
  expect(await barriers(page)).toEqual([])
  await menu.getByRole('menuitem', { name: 'חסימת הזמן הזה' }).click()
  const dialog = page.getByRole('dialog', { name: 'חסימת זמן ביומן' })
  await dialog.getByLabel('מה רואים ביומן').fill('בדיקת מכשירים')
  await expect.poll(() => dialog.getByLabel('משעה').inputValue()).toBe('10:00')
  await expect.poll(() => dialog.getByLabel('עד שעה').inputValue()).toBe('11:00')
  await dialog.getByRole('button', { name: 'חסימה', exact: true }).click()
  const block = column(page, doctor).locator('[data-block]').filter({ hasText: 'בדיקת מכשירים' })
  await block.waitFor()
  await page.getByText('הזמן נחסם').waitFor()
  await dialog.waitFor({ state: 'detached' }) // in a field Ctrl+Z is the field's
  await page.keyboard.press('Control+z')
  await block.waitFor({ state: 'detached' })
})

test('by keyboard the menu opens at the cursor, and the focus comes back to it', async () => {
  await page.locator('.grid-layer').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'משימה לשעה הזאת' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'משימה חדשה' })
  await dialog.getByLabel('מה לעשות').fill('לבדוק אם המעבדה שלחה')
  await expect.poll(() => dialog.getByLabel('עד תאריך').inputValue()).toBe('09/02/2027')
  await dialog.getByRole('button', { name: 'שמירה' }).press('Enter')
  await page.getByText('המשימה נשמרה').waitFor()
  await page.locator('.grid-layer:focus').waitFor()
})

test('a booking that finds no time that suits becomes an entry of the waitlist, with what was filled in', async () => {
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'קביעת תור כאן' }).press('Enter')
  const booking = page.getByRole('dialog', { name: 'תור חדש' })
  await booking.getByRole('combobox', { name: 'מטופל/ת' }).fill('יעל')
  const hit = page.getByRole('option').first()
  await hit.waitFor()
  await hit.click()
  await choose(booking, 'סוג ביקור', /^סתימה/)
  await booking.getByLabel('הערה לדלפק').fill('רק אחרי העבודה')
  await booking.getByRole('button', { name: 'רישום לרשימת ההמתנה' }).click()
  const entry = page.getByRole('dialog', { name: /^רישום להמתנה: יעל/ })
  await entry.waitFor()
  await expect.poll(() => entry.getByRole('combobox', { name: 'סוג ביקור' }).innerText()).toContain('סתימה')
  await expect.poll(() => entry.getByRole('button', { name: doctor }).getAttribute('aria-pressed')).toBe('true')
  await expect.poll(() => entry.getByLabel('הערה לקבלה').inputValue()).toBe('רק אחרי העבודה')
  await entry.getByRole('button', { name: 'שמירה' }).click()
  await page.getByText(/^נרשם להמתנה: יעל/).waitFor()
})

/** Opens a day and waits until its columns are there. */
async function openDay(on: Page, day: string): Promise<void> {
  await on.goto(`${product.url}/diary/${day}`)
  await column(on, doctor).waitFor()
}

const column = (on: Page, name: string): Locator => on.getByRole('group', { name, exact: true })

/** Presses the right button in somebody's column at a full hour. */
async function rightClick(on: Page, name: string, hour: string): Promise<void> {
  const [line, box] = await Promise.all([on.locator('.grid-axis bdi').getByText(hour, { exact: true }).boundingBox(), column(on, name).boundingBox()])
  if (!line || !box) throw new Error(`no ${hour} or no ${name} on screen`)
  await on.mouse.click(box.x + box.width / 2, line.y + line.height / 2 + 6, { button: 'right' })
}
