// The note of a visit: two people in it, a computer that several share, templates and shortcuts; in Hebrew and in English.
import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { demoPassword } from '@yoman/testing/demo/logins'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { apiOf } from './api-of.ts'
import { barriers, openAs, openPage, sideways, signIn, turnLanguage } from './page.ts'

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

const noteOf = (page: Page): Locator => page.getByRole('textbox', { name: /^(סיכום הטיפול|Note)$/ })
const saved = (page: Page) => expect.poll(() => page.locator('[data-save]').getAttribute('data-save')).toBe('saved')
const textOf = (page: Page): Promise<string> => noteOf(page).inputValue()

/** Begins the treatment of one of today's visits; gives its address. */
async function begin(page: Page, visit: string | RegExp, nth = 0): Promise<string> {
  await page.getByRole('navigation').getByRole('link', { name: 'חדר הטיפול' }).click()
  await page.getByRole('main').getByRole('listitem').getByRole('link').filter({ hasText: visit }).nth(nth).click()
  await page.getByRole('button', { name: 'התחלת הטיפול' }).click()
  await noteOf(page).waitFor()
  return page.url()
}

test('two people in one note see each other; where both write, both texts stand side by side, and the one that is not chosen is found again', async () => {
  const doctor = await openAs(browser, product.url, 'doctor')
  const address = await begin(doctor.page, 'כאב / דחוף')
  await noteOf(doctor.page).pressSequentially('טופלה שן 26. ')
  await saved(doctor.page)
  const other = await openAs(browser, product.url, 'doctor') // the same person, in the next room
  await other.page.goto(address)
  await other.page.locator('[data-present] li').filter({ hasText: 'חלון נוסף שלי כאן מ־08:00' }).waitFor()
  await noteOf(other.page).pressSequentially('מחדר שתיים')
  await doctor.page.locator('[data-present] li').filter({ hasText: 'בכתיבה עכשיו' }).waitFor()
  await saved(other.page)

  await noteOf(doctor.page).pressSequentially('מחדר אחת')
  const conflict = doctor.page.locator('[data-conflict]')
  await conflict.waitFor()
  await conflict.locator('mark').filter({ hasText: 'אחת' }).waitFor()
  await conflict.locator('mark').filter({ hasText: 'שתיים' }).waitFor()
  expect(await barriers(doctor.page)).toEqual([])
  await doctor.page.setViewportSize({ width: 390, height: 844 })
  expect(await sideways(doctor.page)).toBe(0)
  await doctor.page.setViewportSize({ width: 1280, height: 800 })
  await conflict.getByRole('button', { name: 'להמשיך עם השני' }).click()
  await expect.poll(() => textOf(doctor.page)).toBe('טופלה שן 26. מחדר שתיים')
  await saved(doctor.page)

  await doctor.page.getByRole('button', { name: 'גרסאות קודמות' }).click()
  const earlier = doctor.page.getByRole('dialog', { name: 'גרסאות קודמות' })
  await earlier.getByRole('listitem').filter({ hasText: 'לא נבחר' }).getByRole('button').click()
  await earlier.getByText('מחדר אחת').first().waitFor()
  await earlier.getByRole('button', { name: 'להוסיף לסוף הסיכום' }).click()
  await expect.poll(() => textOf(doctor.page)).toBe('טופלה שן 26. מחדר שתיים\n\nטופלה שן 26. מחדר אחת')

  await other.context.close()
  await doctor.page.locator('[data-present] li').waitFor({ state: 'detached', timeout: 5_000 })
  await doctor.context.close()
})

test('both texts of a conflict are kept, what both have once; a note that grows too long says so while it is written and at the signature, and loses nothing', async () => {
  const { page, context } = await openAs(browser, product.url, 'doctor')
  const put = page.waitForRequest((request) => request.method() === 'PUT' && request.url().endsWith('/draft'))
  await begin(page, 'בדיקה תקופתית', 1)
  await noteOf(page).fill('שן 26 נפתחה\n')
  const path = new URL((await put).url()).pathname.replace(/^\/api|\/draft$/g, '')
  await saved(page)
  const hygienist = await apiOf(product.url, 'hygienist')
  for (const round of [1, 2, 3]) {
    await context.setOffline(true)
    await noteOf(page).press('Control+End')
    await noteOf(page).pressSequentially(`מולאה ${round}\n`)
    const { note } = await hygienist<{ note: { seq: number; body: string } }>('GET', path)
    await hygienist('PUT', `${path}/draft`, { baseSeq: note.seq, body: `${note.body}אבנית הוסרה ${round}\n` })
    await context.setOffline(false)
    await page.locator('[data-conflict]').getByRole('button', { name: 'לשמור את שני הטקסטים' }).click()
    await saved(page)
  }
  const both = ['שן 26 נפתחה', 'אבנית הוסרה 1', 'מולאה 1', 'אבנית הוסרה 2', 'מולאה 2', 'אבנית הוסרה 3', 'מולאה 3', ''].join('\n')
  await expect.poll(() => textOf(page)).toBe(both)
  expect(await hygienist('GET', path)).toMatchObject({ note: { body: both } })

  const line = 'שורה של סיכום ארוך, כפי שכותבים ביום עמוס.\n' // of 43 letters
  const long = line.repeat(1_060)
  await noteOf(page).fill(long)
  await page.getByText('45,580 מתוך 50,000 תווים').waitFor()
  await saved(page)
  await noteOf(page).fill(long + line.repeat(103))
  await page.getByRole('alert').filter({ hasText: 'הטקסט ארוך מדי ואינו נשמר בתיק' }).waitFor()
  await page.getByText('50,009 תווים: יש לקצר ב־9.').waitFor()
  await page.getByRole('button', { name: 'חתימה וסיום הטיפול' }).click()
  await page.getByText('הטקסט ארוך מדי: 50009 תווים, ואפשר עד 50000.').waitFor()
  expect(await barriers(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await sideways(page)).toBe(0)
  expect(await textOf(page)).toHaveLength(50_009)
  await noteOf(page).fill(both)
  await page.locator('[data-note-length]').waitFor({ state: 'detached' })
  await saved(page)
  expect(await hygienist('GET', path)).toMatchObject({ note: { body: both } })
  await context.close()
})

test('a colleague in the note is named, and is gone as soon as her window is', async () => {
  const { page, context } = await openAs(browser, product.url, 'doctor')
  const told = page.waitForResponse((answer) => answer.url().endsWith('/presence') && answer.status() === 204)
  await begin(page, 'בדיקה תקופתית')
  const path = new URL((await told).url()).pathname.replace('/api', '')
  const hers = await colleagueIn(path)
  await page.locator('[data-present] li').filter({ hasText: 'שירי אזולאי כאן מ־10:40, בכתיבה עכשיו' }).waitFor()
  hers.close()
  await page.locator('[data-present] li').waitFor({ state: 'detached', timeout: 5_000 })
  await context.close()
})

/** The hygienist's window as the server knows it: a live stream of a name, and the note that is open under it. */
async function colleagueIn(path: string): Promise<{ close: () => void }> {
  const send = (method: string, to: string, body: object, token = '') => fetch(`${product.url}/api${to}`, { method, headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }, body: JSON.stringify(body) })
  const { accessToken } = (await (await send('POST', '/auth/sign-in', { email: 'hygienist@shaked.example', password: demoPassword })).json()) as { accessToken: string } // as the contract says
  const window = new AbortController()
  const line = randomUUID()
  await fetch(`${product.url}/api/live?line=${line}`, { headers: { authorization: `Bearer ${accessToken}` }, signal: window.signal })
  const answer = await send('PUT', path, { tab: randomUUID(), line, doing: 'writing', since: '2026-11-22T08:40:00Z', seq: 0, asks: false }, accessToken)
  expect(answer.status).toBe(204)
  return { close: () => window.abort() }
}

/** All that lies in the browser's own database, as it lies there. */
const everythingKept = (page: Page): Promise<string> =>
  page.evaluate<string>(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('drafts')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const reading = opening.result.transaction('draft').objectStore('draft').getAll()
      reading.onsuccess = () => resolve(reading.result.map((row) => JSON.stringify({ ...row, sealed: new TextDecoder().decode(row.sealed) })).join('\\n'))
    }
  })`)

async function changePerson(page: Page, who: string): Promise<void> {
  await page.getByRole('button', { name: /התפריט שלי/ }).click()
  await page.getByRole('menuitem', { name: 'יציאה' }).click()
  await signIn(page, `${who}@shaked.example`)
  await page.goto(`${product.url}/room`)
  await page.getByRole('heading', { name: 'חדר הטיפול' }).waitFor()
}
const offered = (page: Page): Locator => page.getByRole('list', { name: 'טקסטים שלא נשמרו בסיכומים אחרים' }).getByRole('listitem')

/** Writes without a network and leaves; the words lie on the computer alone. */
async function leaveWordsBehind(page: Page, context: BrowserContext, words: string): Promise<void> {
  await context.setOffline(true)
  await noteOf(page).pressSequentially(words)
  await page.getByText('הטקסט שמור במחשב הזה, מוצפן').waitFor()
  await page.close()
  await context.setOffline(false)
}

test('words that never arrived wait, sealed, for who wrote them: the next person at this computer neither reads nor destroys them', async () => {
  const { page, context } = await openAs(browser, product.url, 'doctor')
  await begin(page, 'כתר')
  await noteOf(page).pressSequentially('מדידה לכתר. ')
  await saved(page)
  await leaveWordsBehind(page, context, 'גוון סודי')

  const back = await context.newPage()
  await back.goto(`${product.url}/room`)
  await offered(back).waitFor()
  expect(await everythingKept(back)).toContain('"encounterId"')
  expect(await everythingKept(back)).not.toMatch(/סודי|מדידה|patient/)
  await changePerson(back, 'hygienist')
  expect(await offered(back).count()).toBe(0)
  expect(await everythingKept(back)).toContain('"encounterId"')

  await changePerson(back, 'doctor')
  await offered(back).getByRole('button', { name: 'להציג' }).click()
  const dialog = back.getByRole('dialog')
  await dialog.locator('mark').filter({ hasText: 'גוון סודי' }).waitFor()
  expect(await barriers(back)).toEqual([])
  await dialog.getByRole('button', { name: 'לשחזר את הטקסט הזה' }).click()
  await dialog.waitFor({ state: 'detached' })
  await offered(back).waitFor({ state: 'detached' })
  expect(await everythingKept(back)).toBe('')
  await back.getByRole('main').getByRole('listitem').getByRole('link').filter({ hasText: 'כתר' }).first().click()
  await expect.poll(() => textOf(back)).toBe('מדידה לכתר. גוון סודי')

  const address = back.url()
  await leaveWordsBehind(back, context, ' ועוד')
  const again = await context.newPage()
  await again.goto(address)
  const found = again.locator('[data-unsaved-text]')
  await found.waitFor()
  await context.setOffline(true)
  await noteOf(again).pressSequentially(' ורק בחלון')
  await found.getByRole('button', { name: 'לשחזר את הטקסט הזה' }).click() // what is nowhere else is not replaced
  await again.getByText('ולכן לא הוחלף').first().waitFor()
  expect(await textOf(again)).toBe('מדידה לכתר. גוון סודי ורק בחלון')
  await context.setOffline(false)
  await saved(again)

  await again.goto(`${product.url}/room`)
  await offered(again).getByRole('button', { name: 'להציג' }).click()
  await again.getByRole('dialog').getByRole('button', { name: 'למחוק', exact: true }).click()
  expect(await everythingKept(again)).not.toBe('')
  await again.getByRole('dialog').getByRole('button', { name: 'למחוק לתמיד' }).click()
  await offered(again).waitFor({ state: 'detached' })
  expect(await everythingKept(again)).toBe('')
  await context.close()
})

test('a page that cannot seal keeps nothing on the computer, and says so; words that a signature overtook are offered all the same', async () => {
  const { page, context } = await openPage(browser, product.url)
  await context.addInitScript("Object.defineProperty(globalThis, 'isSecureContext', { value: false })") // as over plain http in a clinic's network
  await page.reload()
  await signIn(page, 'doctor@shaked.example')
  await begin(page, 'סתימה')
  await page.getByText('החיבור לכתובת הזאת אינו מאובטח').waitFor()
  const put = page.waitForRequest((request) => request.method() === 'PUT' && request.url().endsWith('/draft'))
  await noteOf(page).pressSequentially('נשמר בשרת')
  await saved(page)
  const path = new URL((await put).url()).pathname.replace(/^\/api|\/draft$/g, '')

  await context.route(`**/api${path}`, (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"code":"internal","status":500}' }))
  const refused = page.waitForResponse((answer) => answer.url().endsWith(path) && answer.status() === 500)
  await context.setOffline(true)
  await context.setOffline(false) // all that is on the screen is read anew
  await refused
  await noteOf(page).pressSequentially(' כרגיל')
  await saved(page)
  expect(await textOf(page)).toBe('נשמר בשרת כרגיל')
  await context.unroute(`**/api${path}`)

  await context.setOffline(true)
  await noteOf(page).pressSequentially(' ורק כאן')
  await page.getByText('הטקסט נמצא רק בחלון הזה').waitFor()
  expect(await page.evaluate<number>('indexedDB.databases().then((all) => all.length)')).toBe(0)

  const nextRoom = await apiOf(product.url, 'doctor') // where she signs it meanwhile
  const { note } = await nextRoom<{ note: { seq: number } }>('GET', path)
  await nextRoom('POST', `${path}/signature`, { seq: note.seq })
  await context.setOffline(false)
  await page.locator('[data-unsaved-text] mark').filter({ hasText: 'ורק כאן' }).waitFor()
  await page.getByRole('button', { name: 'להוסיף כתיקון לסיכום' }).click()
  expect(await page.getByRole('textbox', { name: 'תיקון לסיכום' }).inputValue()).toBe('נשמר בשרת כרגיל ורק כאן')
  await context.close()
})

test('a first visit begins with its template: Tab goes through what is to be filled in, letters become phrases, and all of it can be taken back', async () => {
  const { page, context } = await openAs(browser, product.url, 'doctor')
  await begin(page, 'ביקור ראשון')
  await expect.poll(() => textOf(page)).toContain('סיבת הפנייה: [__]')
  await page.getByRole('button', { name: /ביטול הפעולה/ }).click()
  await expect.poll(() => textOf(page)).toBe('')
  await page.getByRole('button', { name: 'חתימה וסיום הטיפול' }).click()
  await page.getByText('אי אפשר לחתום על סיכום ריק').waitFor()

  await noteOf(page).focus()
  await page.getByRole('button', { name: 'תבניות' }).click()
  await page.getByRole('menuitem', { name: 'ביקור ראשון' }).click()
  await expect.poll(() => textOf(page)).toContain('סיבת הפנייה: [__]')
  await page.keyboard.type('כאב')
  await page.keyboard.press('Tab')
  const list = page.getByRole('listbox')
  await list.getByRole('option', { name: 'ללא', selected: true }).waitFor()
  expect(await barriers(page)).toEqual([])
  await page.keyboard.press('ArrowDown')
  await list.getByRole('option', { name: 'במעקב' }).click()
  await list.getByRole('option', { name: 'לא ידוע', selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => textOf(page)).toContain('סיבת הפנייה: כאב\nרקע רפואי: במעקב. רגישויות: לא ידוע')

  await page.keyboard.press('Control+End')
  await page.keyboard.type(' ;הו')
  await list.getByRole('option', { name: /^הור/ }).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => textOf(page)).toMatch(/ניתנו הוראות בכתב ובעל־פה\. לפנות בכל כאב, נפיחות או חום\.$/)
  await page.keyboard.press('Control+z')
  await expect.poll(() => textOf(page)).toMatch(/ ;הו$/)

  await page.getByRole('button', { name: 'חתימה וסיום הטיפול' }).click()
  await page.getByText('3 מקומות בסיכום עוד לא מולאו.').waitFor()
  await page.getByRole('button', { name: 'למלא' }).click()
  await list.getByRole('option', { name: 'תקינה', selected: true }).waitFor()
  await saved(page)
  await context.close()
})

test("in English: a doctor keeps a note as a template of hers; nobody else has it, and what is removed comes back", async () => {
  const { page, context } = await openAs(browser, product.url, 'doctor')
  await begin(page, 'עקירה')
  const kept = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.url().endsWith('/api/me'))
  await turnLanguage(page, 'he')
  await kept
  await noteOf(page).fill('Tooth [__] was taken out, [whole|in parts].')
  await page.getByRole('button', { name: 'Templates' }).click()
  await page.getByRole('menuitem', { name: 'Save this note as my template' }).click()
  const dialog = page.getByRole('dialog', { name: 'New template' })
  await dialog.getByLabel('Name', { exact: true }).fill('Out it comes')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Templates' }).click()
  await page.getByRole('menuitem', { name: 'Templates and shortcuts…' }).click()
  const mine = page.getByRole('region', { name: 'Mine' })
  await mine.getByText('Out it comes').waitFor()
  expect(await barriers(page)).toEqual([])
  await mine.getByRole('button', { name: 'Remove Out it comes' }).click()
  await mine.getByText('Out it comes').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+z')
  await mine.getByText('Out it comes').waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await sideways(page)).toBe(0)
  await context.close()

  const hygienist = await openAs(browser, product.url, 'hygienist')
  await hygienist.page.goto(`${product.url}/settings/note-texts`)
  await hygienist.page.getByRole('region', { name: 'של המרפאה' }).getByText('טיפול שורש').first().waitFor()
  expect(await hygienist.page.getByText('Out it comes').count()).toBe(0)
  await hygienist.context.close()
})
