import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Locator, Page } from 'playwright-core'
import { testBrowser } from '../browser.ts'
import { testProduct } from '../product.ts'
import { enter, turnTo } from './every-screen.ts'

type Shoot = (page: Page, name: string) => Promise<void>

/** Closes a day of the demo clinic by hand, in Hebrew, as docs/CLOSING.md tells it, with a picture of each step: `cash.png`. */
export async function takeClosing(folder: URL): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const product = await testProduct({ CLOCK_START: '2026-11-22T15:30:00Z' }) // a Sunday, half past five in the afternoon in Israel
  const browser = await testBrowser()
  const shoot: Shoot = async (page, name) => {
    await page.evaluate('document.fonts.ready')
    await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)), animations: 'disabled', caret: 'hide' })
    console.log(`  ${name}.png`)
  }
  try {
    await payments(browser, product.url, shoot)
    await credit(browser, product.url, shoot)
    await closing(browser, product.url, shoot)
  } finally {
    await browser.close()
    await product.stop()
  }
}

async function open(browser: Browser, url: string, who: 'desk' | 'owner'): Promise<Page> {
  const page = await enter(browser, url, who)
  await turnTo(page, url, 'he')
  return page
}

/** Opens the next document that waits for money. */
async function unpaid(page: Page, url: string): Promise<Locator> {
  await page.goto(`${url}/invoices`)
  await page.getByRole('button', { name: 'לא שולמו' }).click()
  await page.locator('tbody tr').filter({ hasNotText: 'חשבונית עסקה' }).first().waitFor({ state: 'detached' }) // the rest of the list has left
  await page.locator('tbody a').first().click()
  await page.getByRole('heading', { name: 'קבלת תשלום' }).waitFor()
  return page.getByRole('group', { name: 'אמצעי תשלום 1' })
}

async function payments(browser: Browser, url: string, shoot: Shoot): Promise<void> {
  const page = await open(browser, url, 'desk')
  const cash = await unpaid(page, url)
  await cash.getByRole('radio', { name: 'מזומן' }).check()
  await shoot(page, 'cash')
  await record(page)
  const card = await unpaid(page, url)
  await card.getByRole('radio', { name: 'כרטיס אשראי' }).check()
  await card.getByRole('textbox', { name: '4 ספרות אחרונות' }).fill('4580')
  await shoot(page, 'card')
  await record(page)
  const cheque = await unpaid(page, url)
  await cheque.getByRole('radio', { name: 'המחאה' }).check()
  for (const [field, value] of [['מספר שיק', '101'], ['בנק', '12'], ['סניף', '605'], ['חשבון', '778899'], ['תאריך פירעון', '22/12/2026']] as const) await cheque.getByRole('textbox', { name: field }).fill(value)
  await cheque.getByRole('textbox', { name: 'תאריך פירעון' }).press('Tab')
  await page.getByText('חשבונית המס תופק מאליה ביום הפירעון').waitFor()
  await shoot(page, 'cheque')
  await record(page)
  await page.getByRole('heading', { name: /^קבלה/, level: 1 }).waitFor()
  await page.context().close()
}

async function record(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'רישום התשלום' }).click()
  await page.getByText('התשלום נרשם').first().waitFor()
}

async function credit(browser: Browser, url: string, shoot: Shoot): Promise<void> {
  const page = await open(browser, url, 'owner')
  await page.goto(`${url}/invoices`)
  await page.getByRole('row').filter({ hasText: 'חשבונית מס/קבלה' }).first().getByRole('button', { name: /^זיכוי/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'לפי סכום' }).click()
  await dialog.getByRole('textbox', { name: 'סכום הזיכוי בש״ח' }).fill('50')
  await dialog.getByRole('textbox', { name: 'סיבת הזיכוי' }).fill('הטיפול לא בוצע')
  await dialog.getByRole('group', { name: 'החזר 1' }).getByRole('radio', { name: 'מזומן' }).check()
  await dialog.getByRole('region', { name: 'מה ייעשה' }).getByText('50.00').first().waitFor()
  await shoot(page, 'credit')
  await dialog.getByRole('button', { name: /הפקת זיכוי/ }).click()
  await page.getByRole('heading', { name: /^חשבונית זיכוי/, level: 1 }).waitFor()
  await page.context().close()
}

async function closing(browser: Browser, url: string, shoot: Shoot): Promise<void> {
  const page = await open(browser, url, 'desk')
  await page.goto(`${url}/cash-desk`)
  const counts = page.getByRole('textbox', { name: /^נספר: / })
  await counts.first().waitFor()
  for (const row of await page.locator('fieldset').filter({ has: counts }).all()) {
    const should = /\d[\d,]*\.\d\d/.exec(await row.innerText())?.[0] ?? '0'
    await row.getByRole('textbox', { name: /^נספר: / }).fill(should.replaceAll(',', ''))
  }
  await shoot(page, 'counted')
  await page.getByRole('button', { name: 'סגירת הקופה' }).click()
  await page.getByRole('button', { name: 'הדפסה' }).waitFor()
  await shoot(page, 'closed')
  await page.goto(`${url}/registers`)
  await page.getByRole('table', { name: 'מי התקבל/ה ומה שולם' }).waitFor()
  await shoot(page, 'day-book')
  await page.context().close()
}
