import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { demoPassword } from '@yoman/testing/demo/logins'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')

export interface OpenPage {
  page: Page
  context: BrowserContext
  /** What went wrong in it so far: errors of scripts and on the console, answers of 400 and more. */
  troubles: string[]
}

/** A window of its own, as an Israeli's browser opens it, on the product's first page. Close its `context`. */
export async function openPage(browser: Browser, url: string, size: { width: number; height: number } = { width: 1280, height: 800 }): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: size, locale: 'he-IL', timezoneId: 'Asia/Jerusalem' })
  context.setDefaultTimeout(15_000) // what has not come by then will not come; the error names what was waited for
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    // What could not be loaded is told below, with its address.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) troubles.push(message.text())
  })
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()} ${response.request().method()} ${response.url()}`)
  })
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return { page, context, troubles }
}

/** A window of its own in which somebody of the demo has signed in, by the name before the @. Close its `context`. */
export async function openAs(browser: Browser, url: string, who: string, size?: { width: number; height: number }): Promise<OpenPage> {
  const opened = await openPage(browser, url, size)
  await signIn(opened.page, `${who}@shaked.example`)
  return opened
}

/** Signs in on the Hebrew sign-in page and waits for the screens. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('דוא״ל').fill(email)
  await page.getByRole('textbox', { name: 'סיסמה' }).fill(demoPassword)
  await page.getByRole('button', { name: 'כניסה', exact: true }).click()
  await page.getByRole('navigation').first().waitFor()
}

/** Changes the language of the screens by the person's own menu; it stays so wherever they sign in. */
export async function turnLanguage(page: Page, from: 'he' | 'en'): Promise<void> {
  await page.getByRole('button', { name: from === 'he' ? /התפריט שלי/ : /My menu/ }).click()
  await page.getByRole('menuitem', { name: from === 'he' ? 'English' : 'עברית' }).click()
  await page.locator(`html[lang=${from === 'he' ? 'en' : 'he'}]`).waitFor()
}

/** What stands in the way of people with a disability, as `rule: element`. `colours`: of what depends on the theme alone. */
export async function barriers(page: Page, only: 'all' | 'colours' = 'all'): Promise<string[]> {
  const rules = only === 'colours' ? ['color-contrast'] : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  // As text: what runs in the page is no part of this program, and knows other globals.
  return page.evaluate<string[]>(`${axe}
    axe.run(document, { runOnly: ${JSON.stringify(rules)} })
      .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 120))))`)
}

/** By how many pixels the page is wider than its window; anything but 0 makes people scroll sideways. */
export const sideways = (page: Page): Promise<number> => page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
