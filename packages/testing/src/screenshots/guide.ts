import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { testBrowser } from '../browser.ts'
import { testProduct } from '../product.ts'
import { enter, turnTo } from './every-screen.ts'

/** One picture of the guide: the name of its part, where it is, and what a reader should see done. */
const pictures: readonly { name: string; path: string; ready: string; open?: (page: Page) => Promise<void> }[] = [
  { name: 'diary', path: '/diary', ready: '[data-event]' },
  { name: 'book', path: '/diary', ready: '[data-event]', open: book },
  { name: 'find', path: '/diary', ready: '[data-event]', open: find },
  { name: 'move', path: '/diary', ready: '[data-event]', open: (page) => menuOf(page, 'booked') },
  { name: 'flow', path: '/diary', ready: '[data-event]', open: panel },
  { name: 'fill', path: '/waitlist', ready: 'main h1' },
  { name: 'repeat', path: '/diary', ready: '[data-event]', open: (page) => menuOf(page, 'completed') },
  { name: 'orders', path: '/orders', ready: 'article' },
  { name: 'answers', path: '/inbox', ready: 'main a[href*="/inbox/"]', open: conversation },
  { name: 'handover', path: '/handover', ready: 'main h2' },
]

/** Takes the pictures of the guide, as the desk sees its screens, in both languages: `he/book.png`. */
export async function takeGuide(folder: URL): Promise<void> {
  const product = await testProduct({ CLOCK_START: '2026-11-22T07:30:00Z' }) // a Sunday, half past nine in the morning in Israel
  const browser = await testBrowser()
  try {
    const page = await enter(browser, product.url, 'desk')
    for (const language of ['he', 'en'] as const) {
      await turnTo(page, product.url, language)
      mkdirSync(new URL(`${language}/`, folder), { recursive: true })
      for (const { name, path, ready, open } of pictures) {
        await page.goto(product.url + path)
        await page.locator(ready).first().waitFor()
        await open?.(page)
        await page.evaluate('document.fonts.ready')
        await page.screenshot({ path: fileURLToPath(new URL(`${language}/${name}.png`, folder)), animations: 'disabled', caret: 'hide' })
        console.log(`  ${language}/${name}.png`)
        await page.keyboard.press('Escape') // a booking that is left open comes back with the next page
      }
    }
  } finally {
    await browser.close()
    await product.stop()
  }
}

async function book(page: Page): Promise<void> {
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').first().fill('נועה לוי')
  await page.getByRole('option').first().click()
  await dialog.getByRole('combobox').first().click()
  await page.getByRole('option').first().click()
  await dialog.getByRole('region').getByRole('listitem').first().waitFor()
}

async function find(page: Page): Promise<void> {
  await page.keyboard.press('Control+KeyK')
  await page.locator('[role=search] input').fill('כהן')
  await page.getByRole('option').first().waitFor()
}

async function menuOf(page: Page, tone: 'booked' | 'completed'): Promise<void> {
  const card = page.locator(`[data-event][style*="--${tone}-soft"]`).first()
  await card.scrollIntoViewIfNeeded()
  await card.click({ button: 'right' })
  await page.getByRole('menu').waitFor()
}

async function conversation(page: Page): Promise<void> {
  await page.locator('main a[href*="/inbox/"]').filter({ hasText: 'לדחות' }).click() // somebody who may be answered
  await page.getByRole('main').getByRole('textbox').first().waitFor()
}

async function panel(page: Page): Promise<void> {
  const card = page.locator('[data-event][style*="--arrived-soft"]').first()
  await card.scrollIntoViewIfNeeded()
  await card.click()
  await page.getByRole('dialog').getByRole('textbox').waitFor()
}
