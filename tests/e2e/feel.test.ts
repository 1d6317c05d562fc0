// What makes the desk a place to be at all day: it keeps what was typed, follows the person, tells what others did.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { beginBooking, card, findPatient, freeTimes, hebrew } from './desk.ts'
import { openPage, type OpenPage, signIn } from './page.ts'

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

async function enter(who: string, size?: { width: number; height: number }): Promise<OpenPage> {
  const opened = await openPage(browser, product.url, size)
  await signIn(opened.page, `${who}@shaked.example`)
  return opened
}

test('a booking that was begun outlives a lost network and a reload, and nothing of the patient stays in the browser', async () => {
  const { page, context, troubles } = await enter('desk')
  await page.locator('[data-event]').first().waitFor()
  await page.waitForFunction('navigator.serviceWorker.ready.then((registration) => registration.active?.state === "activated")')
  const dialog = await beginBooking(page, hebrew, 'בדיקה תקופתית', 'ד״ר מיכל לוי')
  await findPatient(dialog, hebrew, 'נועה לוי', 'נועה לוי')
  await freeTimes(dialog, hebrew, /./).first().click()
  const time = await dialog.getByRole('textbox', { name: 'שעה' }).inputValue()

  await context.setOffline(true)
  await page.locator('[data-connection-lost]').waitFor()
  await dialog.getByRole('button', { name: hebrew.book }).click()
  await dialog.locator('#booking').getByText('אין קשר לשרת').waitFor()
  expect(await dialog.getByRole('textbox', { name: 'שעה' }).inputValue()).toBe(time)

  await page.reload()
  await page.getByRole('heading', { name: 'אין קשר לשרת' }).waitFor()
  expect(await everythingKept(page)).not.toMatch(/"נועה"|נועה לוי/)
  await context.setOffline(false)
  await dialog.getByText('נועה לוי').first().waitFor()
  expect(await dialog.getByRole('textbox', { name: 'שעה' }).inputValue()).toBe(time)
  await dialog.getByRole('button', { name: hebrew.book }).click()
  await dialog.waitFor({ state: 'detached' })
  await card(page, 'נועה לוי').filter({ hasText: time }).first().waitFor()

  await page.reload()
  await page.locator('[data-event]').first().waitFor()
  expect(await dialog.count()).toBe(0)
  expect(troubles).toEqual([])
  await context.close()
})

/** Each word that the browser keeps for the product: storage, and the addresses and contents of its caches. */
const everythingKept = (page: Page): Promise<string> =>
  page.evaluate<string>(`(async () => {
    const kept = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), ...(await indexedDB.databases()).map(({ name }) => name)]
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) kept.push(request.url, await (await cache.match(request)).text())
    }
    return kept.join('\\n')
  })()`)
