import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { testBrowser } from '../browser.ts'
import { demoPassword } from '../demo/logins.ts'
import { testProduct } from '../product.ts'

const size = { width: 1280, height: 800 }
const doctorName = 'ד״ר מיכל לוי'

/** Plays a morning of the demo clinic and takes a picture of each screen into `folder`. */
export async function takeScreenshots(folder: URL): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const product = await testProduct({ CLOCK_START: '2026-11-22T07:30:00Z' }) // a Sunday, half past nine in the morning in Israel
  const browser = await testBrowser()
  try {
    const shoot = async (page: Page, name: string): Promise<void> => {
      await page.evaluate('document.fonts.ready')
      await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)), animations: 'disabled', caret: 'hide' })
      console.log(`  ${name}.png`)
    }
    await deskPictures(browser, product.url, shoot)
    await roomPictures(browser, product.url, shoot)
    await bookPictures(browser, product.url, shoot)
    await postPictures(browser, product.url, shoot)
  } finally {
    await browser.close()
    await product.stop()
  }
}

type Shoot = (page: Page, name: string) => Promise<void>

async function enter(browser: Browser, url: string, who: string, shoot?: Shoot): Promise<Page> {
  const context = await browser.newContext({ viewport: size, locale: 'he-IL', timezoneId: 'Asia/Jerusalem', colorScheme: 'light' })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto(url)
  await page.getByRole('button', { name: 'כניסה', exact: true }).waitFor()
  if (shoot) await shoot(page, 'sign-in')
  await page.getByLabel('דוא״ל').fill(`${who}@shaked.example`)
  await page.getByRole('textbox', { name: 'סיסמה' }).fill(demoPassword)
  await page.getByRole('button', { name: 'כניסה', exact: true }).click()
  await page.getByRole('navigation').first().waitFor()
  return page
}

const go = (page: Page, place: string): Promise<void> => page.getByRole('navigation').first().getByRole('link', { name: place, exact: true }).click()

async function deskPictures(browser: Browser, url: string, shoot: Shoot): Promise<void> {
  const page = await enter(browser, url, 'desk', shoot)
  await page.locator('[data-event]').first().waitFor()
  await page.locator('[data-event]').filter({ hasText: 'כתר' }).first().waitFor() // the kinds of visits come with the settings
  await shoot(page, 'diary')
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: 'תור חדש' })
  await dialog.getByRole('combobox', { name: 'מטופל/ת' }).fill('נועה לוי')
  await page.getByRole('option').first().click()
  await dialog.getByRole('combobox', { name: 'סוג ביקור' }).click()
  await page.getByRole('option', { name: 'בדיקה תקופתית' }).click()
  await dialog.getByRole('combobox', { name: 'מטפל/ת' }).click()
  await page.getByRole('option', { name: doctorName }).click()
  await dialog.getByRole('region', { name: 'המועדים הפנויים הבאים' }).getByRole('listitem').getByRole('button').first().click()
  await shoot(page, 'booking')
  await page.keyboard.press('Escape')
  await go(page, 'הזמנות המשך')
  await page.getByRole('article').first().waitFor()
  await shoot(page, 'orders')
  await page.getByRole('article').filter({ hasText: 'ניקוי' }).first().getByRole('button', { name: 'קביעת תור' }).click()
  await page.getByRole('dialog').getByRole('listitem').first().waitFor()
  await shoot(page, 'chain')
  await page.keyboard.press('Escape')
  await page.goto(`${url}/diary`)
  await page.getByRole('button', { name: /התפריט שלי/ }).click()
  await page.getByRole('menuitem', { name: 'English' }).click()
  await page.locator('html[lang=en]').waitFor()
  await page.locator('[data-event]').filter({ hasText: 'Crown' }).first().waitFor()
  await shoot(page, 'diary-english')
  await page.context().close()
}

async function roomPictures(browser: Browser, url: string, shoot: Shoot): Promise<void> {
  const page = await enter(browser, url, 'doctor')
  await go(page, 'חדר הטיפול')
  // Somebody who was here before, so that there is something to read.
  await page.locator('ol a').filter({ hasNotText: 'פעם ראשונה' }).filter({ hasText: /הגעה|בטיפול|אושר|נקבע/ }).first().click()
  await page.getByRole('button', { name: 'התחלת הטיפול' }).or(page.getByRole('textbox', { name: 'סיכום הטיפול' })).waitFor()
  const start = page.getByRole('button', { name: 'התחלת הטיפול' })
  if ((await start.count()) > 0) await start.click()
  await page.getByRole('textbox', { name: 'סיכום הטיפול' }).fill('הוחלפה סתימה ישנה בשן 36, נבדק סגר. ללא כאב.\nהוסבר על שמירה בשעות הקרובות.')
  await page.getByRole('combobox', { name: /הוספה מהמחירון/ }).fill('סת')
  await page.getByRole('option', { name: 'סתימה לבנה, משטח אחד' }).click()
  await page.getByLabel('שן: סתימה לבנה, משטח אחד').fill('36')
  await page.getByLabel('במשפט אחד, כמו שאומרים').fill('כתר בעוד שבועיים, שעה, אחר כך שיננית. עדיף בבוקר')
  await page.getByRole('status').filter({ hasText: 'נשמר' }).waitFor()
  await shoot(page, 'room')
  await page.getByRole('button', { name: 'שליחה לקבלה' }).click()
  await page.getByText('ממתין לקביעה בקבלה').first().waitFor()
  await page.getByRole('button', { name: 'חתימה וסיום הטיפול' }).click()
  await page.getByRole('heading', { name: 'סיכום חתום' }).waitFor()
  await page.getByRole('link', { name: 'לתיק המלא' }).click()
  await page.getByRole('tab', { name: 'סיכומי טיפול' }).waitFor()
  await page.reload() // the messages about what was done are not of this picture
  await page.getByRole('tab', { name: 'סיכומי טיפול' }).click()
  await page.getByRole('complementary').waitFor()
  await shoot(page, 'patient')
  await page.context().close()
}

async function bookPictures(browser: Browser, url: string, shoot: Shoot): Promise<void> {
  const page = await enter(browser, url, 'owner')
  await go(page, 'הודעות')
  await page.getByRole('article').first().waitFor()
  await shoot(page, 'messages')
  await go(page, 'חשבוניות')
  await page.locator('tbody tr').first().waitFor()
  await shoot(page, 'invoices')
  await page.locator('tbody a').first().click()
  await page.locator('iframe').waitFor()
  await untilDrawn(page)
  await shoot(page, 'invoice')
  await page.goto(`${url}/settings/reminders`)
  await page.locator('main h2').first().waitFor()
  await shoot(page, 'settings')
  await page.context().close()
}

/** The browser's own PDF viewer tells nobody when it is done: it is when its picture has changed and then stands still. */
async function untilDrawn(page: Page): Promise<void> {
  const empty = await page.locator('iframe').screenshot()
  let before = empty
  for (let left = 40; left > 0; left -= 1) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    const now = await page.locator('iframe').screenshot()
    if (!now.equals(empty) && now.equals(before)) return
    before = now
  }
  throw new Error('The PDF was not drawn in 20 seconds.')
}

/** An hour on, tomorrow's reminders have gone out. */
async function postPictures(browser: Browser, url: string, shoot: Shoot): Promise<void> {
  const page = await (await browser.newContext({ viewport: size, locale: 'he-IL', timezoneId: 'Asia/Jerusalem' })).newPage()
  await page.goto(`${url}/dev/post`)
  await page.getByRole('button', { name: 'בעוד שעה' }).click()
  const hebrew = page.getByRole('navigation', { name: 'מספרים שקיבלו הודעות' }).getByRole('button', { name: /תזכורת|שלום/ }).first()
  await hebrew.click({ timeout: 60_000 })
  await page.getByRole('list', { name: 'ההודעות של המספר' }).getByRole('listitem').filter({ hasText: 'נמסרה' }).first().waitFor()
  await page.getByLabel('תשובה מהטלפון הזה').fill('1')
  await page.getByRole('button', { name: 'שליחה' }).click()
  await page.getByRole('listitem').filter({ hasText: 'התקבלה' }).waitFor()
  await page.getByRole('navigation', { name: 'הודעות דוא״ל' }).getByRole('button').first().click()
  await page.getByRole('link', { name: /\.pdf/ }).waitFor()
  await shoot(page, 'post-office')
  await page.context().close()
}
