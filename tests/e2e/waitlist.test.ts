// A place comes free: the desk sees who waits, two are asked by SMS, the first to answer on the phone has it. Two desks, in Hebrew and in English.
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { card } from './desk.ts'
import { barriers, openPage, type OpenPage, sideways, signIn, turnLanguage } from './page.ts'

const day = '2026-11-24'
let product: TestProduct
let browser: Browser
let windows: OpenPage[]
let hebrew: Page
let english: Page
let post: Page
let phone: BrowserContext
let asked: { name: string; number: string }[] = []
let hour = ''

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  windows = []
  for (const who of ['desk', 'desk2']) {
    const opened = await openPage(browser, product.url)
    await signIn(opened.page, `${who}@shaked.example`)
    windows.push(opened)
  }
  ;[hebrew, english] = windows.map(({ page }) => page) as [Page, Page] // one for each name above
  await turnLanguage(english, 'he')
  post = (await openPage(browser, `${product.url}/dev/post`)).page
  phone = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'he-IL' })
  phone.setDefaultTimeout(15_000)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const openDay = async (page: Page): Promise<void> => {
  await page.goto(`${product.url}/diary/${day}`)
  await page.locator('[data-event]').first().waitFor()
}

test('a cancellation says who waits for such a place, and the desk offers it to two at once', async () => {
  await openDay(hebrew)
  await openDay(english)
  const first = hebrew.locator('[data-event]').first()
  hour = /\d\d:\d\d/.exec(await first.innerText())?.[0] ?? ''
  await first.click({ button: 'right' })
  await hebrew.getByRole('menuitem', { name: 'ביטול התור' }).click()
  await hebrew.getByRole('dialog').getByRole('button', { name: 'לבקשת המטופל/ת' }).click()
  await hebrew.getByRole('button', { name: 'למלא את המועד' }).first().click()

  const dialog = hebrew.getByRole('dialog', { name: 'למי להציע את המועד?' })
  const rows = dialog.getByRole('listitem')
  await rows.nth(1).waitFor()
  expect(await rows.nth(0).getByRole('checkbox').isChecked()).toBe(true) // the most urgent is chosen already
  expect(await rows.nth(0).innerText()).toContain('דחוף')
  await rows.nth(1).getByRole('checkbox').check()
  asked = await Promise.all([0, 1].map((at) => whoIs(rows.nth(at))))
  expect(await barriers(hebrew)).toEqual([])
  await dialog.getByRole('button', { name: 'להציע לשניים' }).click()
  await hebrew.getByText('המועד נשמר והוצע לשניים').waitFor()
  for (const { name } of asked) await offersIn(hebrew, 'רשימת המתנה').filter({ hasText: name }).getByText('מחכים לתשובה').waitFor()
})

test('the other desk sees the offers at once, in English', async () => {
  // Names are written in Latin letters there; numbers are the same.
  for (const { number } of asked) await offersIn(english, 'Waitlist').filter({ hasText: number }).getByText('Waiting for an answer').waitFor()
  await english.getByRole('navigation').getByRole('link', { name: 'Waitlist' }).click()
  await english.getByRole('heading', { level: 1, name: 'Waitlist' }).waitFor()
  await expect.poll(() => english.getByText('Offer open').count()).toBe(2)
  expect(await barriers(english)).toEqual([])
})

test('each gets an SMS with a link of their own; opening it takes nothing, and the first who answers has the place', async () => {
  const links = [await linkSentTo(asked[0]?.number ?? ''), await linkSentTo(asked[1]?.number ?? '')]
  expect(new Set(links).size).toBe(2)
  const [quick, slow] = [await phone.newPage(), await phone.newPage()]
  await slow.goto(links[1] ?? '')
  await quick.goto(links[0] ?? '')
  for (const page of [quick, slow]) {
    expect(await page.locator('main').innerText()).toContain(hour)
    for (const { name, number } of asked) expect(await page.content()).not.toMatch(new RegExp(`${name}|${number}`))
    expect(await sideways(page)).toBe(0)
    expect(await barriers(page)).toEqual([])
  }
  expect(await offersIn(hebrew, 'רשימת המתנה').getByText('מחכים לתשובה').count()).toBe(2) // looking has changed nothing

  await quick.locator('button[value=take]').click()
  await quick.locator('h1.taken').waitFor()
  await slow.locator('button[value=take]').click()
  await slow.locator('h1.lost').waitFor()
  expect(await barriers(slow)).toEqual([])
})

test('the visit lands at both desks without anybody pressing anything, and nobody is asked any more', async () => {
  const [taker, other] = asked
  await hebrew.getByText('המועד שהוצע נלקח').filter({ hasText: taker?.name ?? '' }).waitFor()
  await card(hebrew, taker?.name ?? '').filter({ hasText: hour }).first().waitFor()
  await english.getByText('Taken', { exact: true }).first().waitFor()
  await english.getByText('Somebody was faster').waitFor()
  await expect.poll(() => english.getByRole('list', { name: 'Waiting' }).getByText(taker?.number ?? '').count()).toBe(0)
  await english.getByRole('list', { name: 'Waiting' }).getByText(other?.number ?? '').waitFor()
  for (const { troubles } of windows) expect(troubles).toEqual([])
})

test('who has a visit is put on the list for an earlier one from its card, by keyboard', async () => {
  await openDay(hebrew)
  const last = hebrew.locator('[data-event]').last()
  await last.click({ button: 'right' })
  await hebrew.getByRole('menuitem', { name: 'הקדמת התור' }).press('Enter')
  const dialog = hebrew.getByRole('dialog', { name: /^הקדמת התור/ })
  await dialog.getByRole('button', { name: 'בוקר' }).press('Space')
  await dialog.getByRole('button', { name: 'דחוף', exact: true }).press('Space')
  await dialog.getByLabel('הערה לקבלה').fill('אפשר גם מהיום להיום')
  await dialog.getByLabel('הערה לקבלה').press('Enter')
  await hebrew.getByText(/^נרשם להמתנה/).waitFor()
  await hebrew.getByRole('navigation').getByRole('link', { name: 'המתנה', exact: true }).click()
  const entry = hebrew.getByRole('listitem').filter({ hasText: 'אפשר גם מהיום להיום' })
  await entry.waitFor()
  for (const words of ['יש תור ביום', 'דחוף', 'בוקר']) expect(await entry.innerText()).toContain(words)
})

const offersIn = (page: Page, section: string): Locator => page.getByRole('region', { name: section }).getByRole('article')

async function whoIs(row: Locator): Promise<{ name: string; number: string }> {
  const label = (await row.getByRole('checkbox').getAttribute('aria-label')) ?? ''
  return { name: label.replace('לבחור את ', ''), number: /0\d\d-\d{3}-\d{4}/.exec(await row.innerText())?.[0] ?? '' }
}

async function linkSentTo(number: string): Promise<string> {
  await post.getByRole('button', { name: number }).click({ timeout: 60_000 })
  const sms = post.getByRole('list', { name: 'ההודעות של המספר' }).getByRole('listitem').filter({ hasText: '/o/' })
  await sms.last().waitFor()
  return /https?:\/\/\S+\/o\/[\w-]{22}/.exec(await sms.last().innerText())?.[0] ?? ''
}
