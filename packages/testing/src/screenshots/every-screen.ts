import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { testBrowser } from '../browser.ts'
import { demoPassword } from '../demo/logins.ts'
import { testProduct } from '../product.ts'
import { outside, printList, strangersPage } from './outside.ts'
import { type Screen, screens, show } from './screens.ts'
import { pagesWithStates, showState, states } from './states.ts'

const sizes = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }

/** Takes a picture of every screen in both languages, by day and by night, at a desk and on a phone: `he-dark-phone/diary.png`. Some minutes. */
export async function takeEveryScreen(folder: URL): Promise<void> {
  const product = await testProduct({ CLOCK_START: '2026-11-22T07:30:00Z' }) // a Sunday, half past nine in the morning in Israel
  const browser = await testBrowser()
  try {
    const people: Record<Screen['who'], Page> = { owner: await enter(browser, product.url, 'owner'), doctor: await enter(browser, product.url, 'doctor') }
    for (const language of ['he', 'en'] as const) {
      for (const page of Object.values(people)) await turnTo(page, product.url, language)
      for (const screen of screens) await shootAll(people[screen.who], product.url, screen, (look) => new URL(`${language}-${look}/`, folder))
      await shootStates(people.owner, product.url, (look) => new URL(`${language}-${look}/`, folder))
      await shootOutside(browser, people.owner, product.url, language, (look) => new URL(`${language}-${look}/`, folder))
    }
  } finally {
    await browser.close()
    await product.stop()
  }
}

/** The screen is gone to once for each size, for what is open over it may stand elsewhere; the theme turns under it. */
async function shootAll(page: Page, url: string, screen: Screen, folderOf: (look: string) => URL): Promise<void> {
  for (const [device, size] of Object.entries(sizes)) {
    await page.setViewportSize(size)
    await show(page, url, screen)
    await shoot(page, screen.name, (look) => folderOf(`${look}-${device}`))
  }
  console.log(`  ${screen.name}`)
}

async function shootStates(page: Page, url: string, folderOf: (look: string) => URL): Promise<void> {
  for (const screen of pagesWithStates) {
    for (const state of states) {
      await page.setViewportSize(sizes.desk)
      const done = await showState(page, url, screen, state)
      await shoot(page, `${screen.name}-${state}`, (look) => folderOf(`${look}-desk`))
      await done()
    }
    console.log(`  ${screen.name}, loading, failed and empty`)
  }
}

async function shootOutside(browser: Browser, owner: Page, url: string, language: 'he' | 'en', folderOf: (look: string) => URL): Promise<void> {
  const page = await strangersPage(browser, language)
  await owner.setViewportSize(sizes.desk)
  for (const { name, open } of outside) {
    await open(page, owner, url, language)
    for (const [device, size] of Object.entries(sizes)) {
      await page.setViewportSize(size)
      await shoot(page, name, (look) => folderOf(`${look}-${device}`))
    }
    await page.setViewportSize(sizes.desk)
    console.log(`  ${name}`)
  }
  await printList(owner, url, fileURLToPath(new URL('day-list.pdf', folderOf('light-desk'))))
  await page.context().close()
}

/** By day and by night. */
async function shoot(page: Page, name: string, folderOf: (theme: string) => URL): Promise<void> {
  await page.evaluate('document.fonts.ready')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const folder = folderOf(colorScheme)
    mkdirSync(folder, { recursive: true })
    await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)), animations: 'disabled', caret: 'hide' })
  }
}

/** Signs in to the demo, in Hebrew as everybody there does. */
export async function enter(browser: Browser, url: string, who: 'owner' | 'doctor' | 'desk'): Promise<Page> {
  const context = await browser.newContext({ viewport: sizes.desk, locale: 'he-IL', timezoneId: 'Asia/Jerusalem' })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto(url)
  await page.getByLabel('דוא״ל').fill(`${who}@shaked.example`)
  await page.getByRole('textbox', { name: 'סיסמה' }).fill(demoPassword)
  await page.getByRole('button', { name: 'כניסה', exact: true }).click()
  await page.getByRole('navigation').first().waitFor()
  return page
}

/** Turns the screens of a person to a language, where they are not in it. */
export async function turnTo(page: Page, url: string, language: 'he' | 'en'): Promise<void> {
  await page.setViewportSize(sizes.desk)
  await page.keyboard.press('Escape') // a booking that is left open comes back with the next page
  await page.goto(url)
  await page.getByRole('navigation').first().waitFor()
  if ((await page.locator('html').getAttribute('lang')) === language) return
  await page.getByRole('button', { name: /התפריט שלי|My menu/ }).click()
  await page.getByRole('menuitem', { name: language === 'en' ? 'English' : 'עברית' }).click()
  await page.locator(`html[lang=${language}]`).waitFor()
}
