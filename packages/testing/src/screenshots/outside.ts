import type { Browser, Page } from 'playwright-core'

/** Screens for which nobody signs in, or that are no screens: the door, the wall, the paper and the post office. */
export const outside: readonly { name: string; open: (page: Page, owner: Page, url: string, language: 'he' | 'en') => Promise<void> }[] = [
  {
    name: 'sign-in',
    async open(page, _owner, url, language) {
      await page.goto(`${url}/sign-in`)
      if (language === 'en') await page.getByRole('button', { name: 'English' }).click()
      await page.locator(`html[lang=${language}] input[type=password]`).waitFor()
    },
  },
  { name: 'waiting-room', open: openWall },
  {
    name: 'post-office',
    async open(page, _owner, url, language) {
      await page.goto(`${url}/dev/post`)
      await page.evaluate(`localStorage.setItem('post-language', '${language}')`)
      await page.reload()
      await page.locator(`html[lang=${language}] #jumps button`).first().waitFor()
    },
  },
]

/** The day's list as the printer gets it, a page for each practitioner. */
export async function printList(owner: Page, url: string, path: string): Promise<void> {
  await owner.goto(`${url}/diary?view=list`)
  await owner.locator('main section table').first().waitFor()
  await owner.pdf({ path, format: 'A4' })
}

/** A screen for the wall in this language is opened in the settings, shown, and switched off again by whoever resets the demo. */
async function openWall(page: Page, owner: Page, url: string, language: 'he' | 'en'): Promise<void> {
  await owner.goto(`${url}/settings/waiting-room`)
  const add = owner.getByRole('button', { name: language === 'he' ? 'מסך חדש' : 'New screen', exact: true })
  await add.click()
  const dialog = owner.getByRole('dialog')
  await dialog.getByRole('combobox').first().click()
  await owner.getByRole('option', { name: language === 'he' ? 'עברית' : 'English' }).click()
  await dialog.getByRole('button', { name: language === 'he' ? 'מסך חדש' : 'New screen', exact: true }).click()
  const link = dialog.getByRole('textbox', { name: language === 'he' ? 'הקישור למסך' : 'Link of the screen' })
  await link.waitFor()
  await page.goto(await link.inputValue())
  await page.getByRole('region').first().waitFor()
}

/** A window of its own, in which nobody has signed in. */
export async function strangersPage(browser: Browser, language: 'he' | 'en'): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: language === 'he' ? 'he-IL' : 'en-GB', timezoneId: 'Asia/Jerusalem' })).newPage()
  page.setDefaultTimeout(20_000)
  return page
}
