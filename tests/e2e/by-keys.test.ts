// What lies around the grid, by keyboard alone, and the tray by finger: for those who use no mouse. In Hebrew and in English.
import { randomUUID } from 'node:crypto'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Diary } from '@yoman/contract/diary'
import type { Settings } from '@yoman/contract/settings'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { type Api, apiOf } from './api-of.ts'
import { english, hebrew, walkToCard } from './desk.ts'
import { openAs, type OpenPage, signIn, turnLanguage } from './page.ts'

const today = '2026-11-22'
let product: TestProduct
let browser: Browser
let api: Api
let settings: Settings
let branchId: string
let michal: string

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: `${today}T06:00:00Z` }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  api = await apiOf(product.url, 'desk2')
  settings = await api<Settings>('GET', '/settings')
  branchId = settings.branches[0]?.id ?? ''
  michal = settings.resources.find(({ name }) => name === 'ד״ר מיכל לוי')?.id ?? ''
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** Presses Tab until what was meant has the focus. */
async function tabTo(target: Locator): Promise<void> {
  const page = target.page()
  await target.waitFor()
  for (let left = 90; left > 0; left -= 1) {
    if ((await target.and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${String(target)}`)
}

async function book(date: string, time: string, familyName: string): Promise<string> {
  const [patientId, id] = [randomUUID(), randomUUID()]
  await api('POST', '/patients', { id: patientId, givenName: 'Dana', familyName, phones: [] })
  const type = settings.visitTypes.find(({ nameEn }) => nameEn === 'Check-up')?.id
  await api('POST', '/appointments', { id, branchId, patientId, practitionerId: michal, visitTypeId: type, startsAt: `${date}T${time}:00Z`, durationMinutes: 60 })
  return id
}

describe.each([
  { language: 'he', account: 'desk', date: '2027-03-02', search: 'כהן', names: hebrew, says: { waiting: 'ממתינים', parking: 'חניית תורים', taken: 'תפוס', again: 'חזרה לחיפוש' } },
  { language: 'en', account: 'desk3', date: '2027-03-03', search: 'cohen', names: english, says: { waiting: 'Waiting', parking: 'Parked', taken: 'is taken until', again: 'Back to search' } },
] as const)('in $language', ({ language, account, date, search, names, says }) => {
  let opened: OpenPage
  let page: Page
  beforeAll(async () => {
    opened = await openAs(browser, product.url, account)
    ;({ page } = opened)
    if (language === 'en') await turnLanguage(page, 'he')
    await page.locator('.grid-layer').waitFor()
  })
  afterAll(async () => void (await opened?.context.close()))

  test('the search finds, Enter opens the record, Shift+Enter books', async () => {
    await page.keyboard.press('Control+KeyK')
    await page.keyboard.type(search)
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Shift+Enter')
    const dialog = page.getByRole('dialog', { name: names.newBooking })
    await dialog.getByRole('button', { name: says.again }).waitFor() // somebody is chosen
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+KeyK')
    await page.keyboard.type(search)
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('tabpanel').waitFor()
    await expect.poll(() => new URL(page.url()).pathname).toMatch(/^\/patients\/[\w-]{36}$/)
  })

  test('who waits stands beside the grid; Tab leads there, and Enter shows the card', async () => {
    const { visits } = await api<Diary>('GET', `/diary?branchId=${branchId}&date=${today}`)
    const visit = visits.find(({ status, startsAt }) => (status === 'booked' || status === 'confirmed') && startsAt > `${today}T13:00`)
    if (!visit) throw new Error('the demo has nobody in the afternoon')
    await api('POST', `/appointments/${visit.id}/arrival`, {})
    await page.goto(`${product.url}/diary`)
    const shown = language === 'en' && visit.patient.nameLatin ? visit.patient.nameLatin : visit.patient.name
    await tabTo(page.getByRole('region', { name: says.waiting, exact: true }).getByRole('button', { name: shown }).first())
    await page.keyboard.press('Enter')
    await page.locator('.grid-layer').focus()
    await page.keyboard.press('i') // all that is known of the card under the cursor
    await page.getByRole('region', { name: shown, exact: true }).waitFor()
    expect(await page.locator(`[data-event="${visit.id}"]`).isVisible()).toBe(true)
    await page.keyboard.press('Escape')
  })

  test('a card that is carried by keys is told what is in its way, and Esc leaves it where it was', async () => {
    const [first] = [await book(date, '08:00', 'Alpha'), await book(date, '09:00', 'Beta')]
    await page.goto(`${product.url}/diary/${date}?of=${michal}`)
    await page.locator('.card').nth(1).waitFor()
    await walkToCard(page, 'Alpha')
    await page.keyboard.down('Alt')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.locator('p[aria-live]').innerText()).toContain(says.taken)
    await page.keyboard.press('Escape')
    await page.keyboard.up('Alt')
    await expect.poll(() => page.locator(`[data-event="${first}"]`).textContent()).toContain('10:00')
  })

  test('a finger puts a card into the tray', async () => {
    const id = await book(date, '12:00', `Gamma-${language}`)
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, hasTouch: true, locale: 'he-IL', timezoneId: 'Asia/Jerusalem' })
    context.setDefaultTimeout(15_000)
    const tablet = await context.newPage()
    await tablet.goto(product.url)
    await signIn(tablet, `${account}@shaked.example`)
    await tablet.goto(`${product.url}/diary/${date}?of=${michal}`)
    const card = tablet.locator(`[data-event="${id}"]`)
    await card.scrollIntoViewIfNeeded()
    const tray = tablet.getByRole('region', { name: says.parking })
    await tray.waitFor()
    const [from, to] = await Promise.all([card.boundingBox(), tray.boundingBox()])
    if (!from || !to) throw new Error('the card or the tray is not on the screen')
    const [x, y, tx, ty] = [from.x + from.width / 2, from.y + 10, to.x + to.width / 2, to.y + to.height / 2]
    const touch = await context.newCDPSession(tablet)
    const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd', part = 0): Promise<unknown> =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: x + (tx - x) * part, y: y + (ty - y) * part }] })
    await finger('touchStart')
    await tablet.locator('.grid-ghost:not([hidden])').waitFor()
    for (const part of [0.1, 0.4, 0.7, 1, 1]) await finger('touchMove', part)
    await finger('touchEnd')
    await tablet.locator(`.card-parked[data-event="${id}"]`).waitFor()
    await expect.poll(() => tray.getByRole('listitem').filter({ hasText: `Gamma-${language}` }).count()).toBe(1)
    await context.close()
  })

  test('nothing went wrong on the way', () => {
    expect(opened.troubles).toEqual([])
  })
})
