// What makes the desk a place to be at all day: it keeps what was typed, follows the person, tells what others did.
import { once } from 'node:events'
import { createServer, request as ask, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { beginBooking, card, findPatient, freeTimes, hebrew } from './desk.ts'
import { barriers, openAs, openPage, type OpenPage, sideways, signIn, turnLanguage } from './page.ts'

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

const enter = (who: string, size?: { width: number; height: number }): Promise<OpenPage> => openAs(browser, product.url, who, size)

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

test.each([['he', 'רותי אלמוג', 'נקבע תור', 'מה השתנה'], ['en', 'Ruti Almog', 'Booked', 'What changed']] as const)('what another desk did is counted, told and one click away: %s', async (language, name, booked, title) => {
  const [mine, theirs] = (await Promise.all(['desk2', 'desk'].map((who) => enter(who)))) as [OpenPage, OpenPage] // one for each
  if (language === 'en') await turnLanguage(mine.page, 'he')
  const dialog = await beginBooking(theirs.page, hebrew, 'בדיקה תקופתית', 'ד״ר מיכל לוי')
  await findPatient(dialog, hebrew, 'נועה לוי', 'נועה לוי')
  await freeTimes(dialog, hebrew, '24').first().click() // the day after tomorrow
  const time = await dialog.getByRole('textbox', { name: 'שעה' }).inputValue()
  await dialog.getByRole('button', { name: hebrew.book }).click()
  await dialog.waitFor({ state: 'detached' })

  await mine.page.getByRole('button', { name: new RegExp(`^${title}: `) }).waitFor()
  await mine.page.keyboard.press('h')
  const panel = mine.page.getByRole('dialog', { name: title })
  const row = panel.getByRole('listitem').first()
  await row.filter({ hasText: name }).filter({ hasText: booked }).filter({ hasText: time }).waitFor()
  await mine.page.getByRole('button', { name: title, exact: true }).waitFor() // seen: nothing is counted any more
  expect(await barriers(mine.page)).toEqual([])
  await row.getByRole('button').click()
  await panel.waitFor({ state: 'detached' })
  await mine.page.waitForURL('**/diary/2026-11-24*')
  await mine.page.locator('[data-event]').filter({ hasText: time }).first().waitFor()
  await mine.page.locator('.grid-layer:focus').waitFor()
  if (language === 'en') await turnLanguage(mine.page, 'en')
  expect([...mine.troubles, ...theirs.troubles]).toEqual([])
  await Promise.all([mine.context.close(), theirs.context.close()])
})

test('size of text and density follow the person to the next computer', async () => {
  const first = await enter('hygienist')
  const letter = 'parseFloat(getComputedStyle(document.documentElement).fontSize)'
  const usual = await first.page.evaluate<number>(letter)
  await first.page.getByRole('button', { name: /התפריט שלי/ }).click()
  await first.page.getByRole('menuitem', { name: /תצוגה/ }).click()
  const dialog = first.page.getByRole('dialog', { name: /תצוגה/ })
  const saved = first.page.waitForResponse((answer) => answer.url().endsWith('/me/preferences') && (answer.request().postData() ?? '').includes('compact'))
  await dialog.getByRole('button', { name: 'גדול מאוד' }).click()
  await dialog.getByRole('button', { name: 'צפוף' }).click()
  expect(await first.page.evaluate<number>(letter)).toBeGreaterThan(usual * 1.3)
  expect(await barriers(first.page)).toEqual([])
  await saved
  await first.page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  const second = await enter('hygienist')
  await second.page.locator('html[data-text-size=largest][data-density=compact]').waitFor()
  expect(await sideways(second.page)).toBe(0)
  expect([...first.troubles, ...second.troubles]).toEqual([])
  await Promise.all([first.context.close(), second.context.close()])
})

test('a new version is offered, and is there after a reload', async () => {
  const server = await inFrontOf(product.url)
  const { page, context, troubles } = await openPage(browser, server.url)
  await signIn(page, 'desk@shaked.example')
  await page.waitForFunction('navigator.serviceWorker.ready.then((registration) => registration.active?.state === "activated")')
  const offer = page.getByRole('button', { name: 'טעינה מחדש' })
  await page.evaluate('navigator.serviceWorker.ready.then((registration) => registration.update())')
  expect(await offer.count()).toBe(0)
  server.deploy()
  await page.evaluate('navigator.serviceWorker.ready.then((registration) => registration.update())')
  await offer.click()
  await page.locator('html[data-version="2"]').waitFor()
  await page.locator('[data-event]').first().waitFor()
  expect(await offer.count()).toBe(0)
  expect(troubles).toEqual([])
  await context.close()
  await server.stop()
})

/** The product as it is, until `deploy` puts a page of another version there, whose first file has another name. */
async function inFrontOf(url: string): Promise<{ url: string; deploy(): void; stop(): Promise<void> }> {
  let deployed = false
  let entry = ''
  const server = createServer((request, response) => {
    const path = deployed ? request.url?.replace('/assets/second-', '/assets/') : request.url
    // Whole answers, for a changed one is not known by the date of the unchanged.
    const { 'if-none-match': _tag, 'if-modified-since': _since, ...asked } = request.headers
    const headers = { ...asked, 'accept-encoding': 'identity' }
    const passed = ask(`${url}${path}`, { method: request.method ?? 'GET', headers }, (answer) => void pass(answer).catch((error: Error) => response.destroy(error)))
    passed.on('error', () => response.destroy()) // the product is being ended
    request.pipe(passed)
    async function pass(answer: IncomingMessage): Promise<void> {
      const page = answer.headers['content-type']?.includes('html') ?? false
      if (!page && request.url !== '/sw.js') return void answer.pipe(response.writeHead(answer.statusCode ?? 0, answer.headers))
      const { 'content-length': _length, etag: _etag, 'last-modified': _modified, ...others } = answer.headers
      let text = await readText(answer)
      if (page) entry = /src="\/assets\/([^"]+)"/.exec(text)?.[1] ?? ''
      if (deployed) text = text.replaceAll(`/assets/${entry}`, `/assets/second-${entry}`).replace('<html', '<html data-version="2"')
      response.writeHead(answer.statusCode ?? 0, others).end(text)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port
  return {
    url: `http://127.0.0.1:${port}`,
    deploy: () => void (deployed = true),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
