// A treatment plan from the chair to the desk: written from the price list and the chart, signed on the screen, booked, in both languages.
// And what a doctor hands out: a prescription, and the clinic's own texts of letters.
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { barriers, openAs, type OpenPage, sideways, turnLanguage } from './page.ts'

let product: TestProduct
let browser: Browser
let room: OpenPage
let desk: OpenPage
let page: Page

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  room = await openAs(browser, product.url, 'doctor')
  ;({ page } = room)
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const title = 'שיקום שן 37'
const plan = (within: Page, name: string): Locator => within.getByRole('article', { name })
const add = async (phase: Locator, typed: string, option: RegExp): Promise<void> => {
  await phase.getByRole('combobox', { name: /הוספת טיפול מהמחירון/ }).fill(typed)
  await page.getByRole('option', { name: option }).first().click()
}
/** Lets a plan's writing wait on its way until it is released. */
async function heldWriting(): Promise<() => void> {
  let open = (): void => undefined
  const gate = new Promise<void>((resolve) => (open = resolve))
  await page.route('**/api/treatment-plans/*', async (route) => {
    if (route.request().method() === 'PUT') await gate
    await route.continue()
  })
  return () => open()
}
test('a doctor writes phases from the price list, on the tooth that is chosen in the chart, with an estimate', async () => {
  await page.getByRole('navigation').getByRole('link', { name: 'חדר הטיפול' }).click()
  await page.getByRole('main').getByRole('listitem').getByRole('link').nth(2).click()
  await page.getByRole('button', { name: 'התחלת הטיפול' }).click()
  await page.getByRole('radio', { name: /^שן 37,/ }).click()
  await page.getByRole('button', { name: 'תוכנית חדשה' }).click()
  const own = plan(page, 'תוכנית טיפול')
  const first = own.getByRole('region', { name: 'שלב 1' })
  const release = await heldWriting()
  await add(first, 'טיפול שורש', /טיפול שורש/)
  const items = first.getByRole('list').getByRole('listitem')
  await expect.poll(() => items.first().getByLabel(/^שן:/).inputValue()).toBe('37')
  await items.first().getByLabel(/^מחיר ליחידה/).fill('1800-2400')
  release()
  await own.getByText('נשמר', { exact: true }).waitFor()
  expect(await items.first().getByLabel(/^מחיר ליחידה/).inputValue()).toBe('1800-2400') // what is being typed is not written over by an answer
  await items.first().getByLabel(/^מחיר ליחידה/).press('Enter')
  await expect.poll(() => first.innerText()).toMatch(/סה״כ לשלב[^]*1,800[^]*2,400/)
  await first.getByRole('combobox', { name: 'סוג הביקור' }).click()
  await page.getByRole('option').nth(1).click()
  await own.getByRole('button', { name: 'שלב נוסף' }).click()
  await add(own.getByRole('region', { name: 'שלב 2' }), 'כתר', /כתר/)
  await own.getByLabel('הערות קליניות').fill('חשד לסדק אנכי')
  await own.getByLabel('הערות קליניות').blur()
  await own.getByLabel('שם התוכנית').fill(title)
  await own.getByLabel('שם התוכנית').press('Enter') // from here on the plan is called so
  await plan(page, title).getByText('נשמר', { exact: true }).waitFor()
  await expect.poll(() => page.getByRole('radio', { name: /^שן 37,/ }).getAttribute('aria-label')).toContain('בתוכנית הטיפול: ')
  expect(await barriers(page)).toEqual([])
  const releaseOffer = await heldWriting()
  await plan(page, title).getByLabel(/^מחיר ליחידה/).first().fill('1900-2400')
  await plan(page, title).getByRole('button', { name: 'הצעה למטופל/ת' }).click() // from the very field
  releaseOffer()
  await plan(page, title).getByText('הוצעה', { exact: true }).waitFor()
  expect(await plan(page, title).innerText()).toContain('1,900') // the price that was typed last
})

test('the patient reads it in their language and signs with a finger; it binds, and its paper is in the record', async () => {
  await plan(page, title).getByRole('button', { name: 'חתימה על המסך' }).click()
  const dialog = page.getByRole('dialog', { name: 'אישור תוכנית הטיפול' })
  await dialog.getByRole('button', { name: 'Русский' }).click()
  await dialog.getByText('Я прочитал(а) план лечения').waitFor()
  await dialog.getByRole('button', { name: 'עברית' }).click()
  await dialog.getByText('קראתי את תוכנית הטיפול').waitFor()
  await dialog.getByRole('button', { name: 'מאשר/ת וחותמ/ת' }).click()
  await dialog.getByRole('alert').filter({ hasText: 'חסרה חתימה' }).waitFor()
  const pad = dialog.getByRole('img', { name: /מקום לחתימה/ })
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (!box) throw new Error('the place for a signature is not on the screen')
  await page.mouse.move(box.x + 40, box.y + box.height / 2)
  await page.mouse.down()
  for (let at = 1; at <= 20; at++) await page.mouse.move(box.x + 40 + at * 12, box.y + box.height / 2 + (at % 4) * 15 - 20)
  await page.mouse.up()
  await dialog.getByRole('img', { name: /קו אחד בחתימה/ }).waitFor()
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('button', { name: 'מאשר/ת וחותמ/ת' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await plan(page, title).getByText('נחתמה', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'לתיק המלא' }).click()
  await page.getByRole('tab', { name: 'מסמכים' }).click()
  await page.getByRole('listitem').filter({ hasText: title }).first().waitFor()
})

test('what was agreed waits at the desk, without a clinical word, until it is booked', async () => {
  desk = await openAs(browser, product.url, 'desk')
  const bodies: Promise<string>[] = []
  desk.page.on('response', (answer) => {
    if (/\/api\/(agreed-phases|treatment-plans|orders)/.test(answer.url())) bodies.push(answer.text().catch(() => '')) // one that the page did not wait for has no text any more
  })
  await desk.page.getByRole('navigation').getByRole('link', { name: 'הזמנות המשך' }).click()
  await desk.page.getByRole('tab', { name: 'סוכם ולא נקבע' }).click()
  const list = desk.page.getByRole('list', { name: 'סוכם ולא נקבע' })
  const mine = list.getByRole('article').filter({ hasText: title })
  await expect.poll(() => mine.count()).toBe(2)
  const first = mine.filter({ hasText: 'שלב 1 מתוך 2' })
  expect(await barriers(desk.page)).toEqual([])
  await first.getByRole('button', { name: 'קביעת תור' }).click()
  const dialog = desk.page.getByRole('dialog')
  await dialog.getByRole('list', { name: 'המועדים הפנויים הבאים' }).getByRole('button').first().click()
  await dialog.waitFor({ state: 'hidden' })
  await expect.poll(() => mine.count()).toBe(1)
  await mine.getByRole('button', { name: 'להוריד מהרשימה' }).click()
  await dialog.getByLabel('סיבה').fill('יחזור אחרי החגים')
  await dialog.getByRole('button', { name: 'להוריד מהרשימה' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await expect.poll(() => mine.count()).toBe(0)
  await desk.page.getByText('הורד מהרשימה', { exact: true }).first().waitFor() // by then it is the last thing that can be undone
  await desk.page.keyboard.press('Control+z')
  await expect.poll(() => mine.count()).toBe(1)
  await mine.getByRole('link').first().click()
  await plan(desk.page, title).getByText(/נקבע: /).waitFor()
  const texts = await Promise.all(bodies)
  expect(texts.join('')).toContain(title)
  expect(texts.join('')).not.toContain('סדק')
  expect(desk.troubles).toEqual([])
})

test('a prescription is filled in, refused for a narcotic, looked at, signed, and in the record', async () => {
  const doctor = await openAs(browser, product.url, 'doctor')
  const on = doctor.page
  await on.getByRole('navigation').getByRole('link', { name: 'חדר הטיפול' }).click()
  await on.getByRole('main').getByRole('listitem').getByRole('link').nth(2).click() // whose visit is open already
  await on.getByRole('group', { name: 'מסמך חדש' }).getByRole('button', { name: 'מרשם' }).click()
  const dialog = on.getByRole('dialog', { name: 'מרשם' })
  await dialog.getByText('אינו מרשם דיגיטלי').waitFor()
  await dialog.getByLabel('תרופה 1: שם, חוזק וצורה').fill('Percocet 5 mg')
  await dialog.getByLabel('תרופה 1: אופן הנטילה').fill('כמוסה 3 פעמים ביום אחרי האוכל')
  await dialog.getByLabel('תרופה 1: מספר ימים').fill('7')
  const refused = on.waitForResponse((answer) => answer.url().endsWith('/api/letters'))
  await dialog.getByRole('button', { name: 'חתימה ושמירה בתיק' }).click()
  expect((await refused).status()).toBe(422)
  await dialog.getByRole('alert').filter({ hasText: 'טופס מיוחד' }).waitFor()
  await on.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await on.getByRole('group', { name: 'מסמך חדש' }).getByRole('button', { name: 'מרשם' }).click()
  await dialog.getByText('זה הנוסח שהתחלת קודם').waitFor() // closed by a slip, nothing is lost
  expect(await dialog.getByLabel('תרופה 1: אופן הנטילה').inputValue()).toBe('כמוסה 3 פעמים ביום אחרי האוכל')
  await dialog.getByLabel('תרופה 1: שם, חוזק וצורה').fill('Amoxicillin 500 mg')
  expect(await barriers(on)).toEqual([])
  const looked = on.waitForResponse((answer) => answer.url().endsWith('/api/letter-previews'))
  await dialog.getByRole('button', { name: 'תצוגה מקדימה' }).click()
  expect((await looked).status()).toBe(200)
  await dialog.getByTitle('כך ייראה המסמך').waitFor()
  await dialog.getByRole('button', { name: 'חתימה ושמירה בתיק' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await on.getByRole('list', { name: 'מכתבים ומרשמים' }).getByRole('listitem').filter({ hasText: 'מרשם' }).waitFor()
  await on.getByRole('link', { name: 'לתיק המלא' }).click()
  await on.getByRole('tab', { name: 'מסמכים ותמונות' }).click()
  await on.getByRole('listitem').filter({ hasText: 'מכתב או מרשם' }).first().waitFor()
  expect(doctor.troubles).toEqual([expect.stringContaining('422 POST')])
  await doctor.context.close()
})

test('in English, on a phone and by keyboard alone: a new edition is signed by name, and the old one stays', async () => {
  await page.getByRole('tab', { name: 'תוכניות טיפול' }).click()
  await plan(page, title).getByRole('button', { name: 'מהדורה חדשה' }).click()
  await page.getByRole('button', { name: 'סיום העריכה' }).waitFor()
  const kept = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.url().endsWith('/api/me'))
  await turnLanguage(page, 'he')
  await kept
  await page.setViewportSize({ width: 390, height: 760 })
  const draft = plan(page, title).filter({ hasText: 'Draft' })
  await draft.getByRole('button', { name: 'Offer to the patient' }).press('Enter')
  const offer = plan(page, title).filter({ hasText: 'Offered' })
  await offer.getByRole('button', { name: 'Sign on screen' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Agreement to the treatment plan' })
  await dialog.getByRole('checkbox', { name: /by typing the name/ }).press('Space')
  await expect.poll(() => dialog.getByRole('textbox', { name: 'Name of the signer' }).inputValue()).toMatch(/\S/)
  expect(await sideways(page)).toBe(0)
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('textbox', { name: 'Name of the signer' }).press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  const signed = plan(page, title).filter({ hasText: 'Edition 2' })
  await signed.getByText(/by typed name/).waitFor()
  await page.getByText(/Earlier editions and closed plans/).press('Enter')
  await plan(page, title).getByText('Replaced', { exact: true }).waitFor()
  expect(await sideways(page)).toBe(0)
  await page.setViewportSize({ width: 320, height: 700 })
  expect(await sideways(page)).toBe(0)
  expect(room.troubles).toEqual([])
})

test('a clinic writes its own text of a letter, in English, with known placeholders alone', async () => {
  const owner = await openAs(browser, product.url, 'owner')
  const on = owner.page
  await turnLanguage(on, 'he')
  await on.goto(`${product.url}/settings/letters`)
  await on.getByRole('group', { name: 'Kind of document' }).getByRole('button', { name: 'Visit summary' }).click()
  await on.getByRole('group', { name: 'Language of the document' }).getByRole('button', { name: 'English' }).click()
  const text = on.getByRole('textbox', { name: 'Text' })
  await expect.poll(() => text.inputValue()).toContain('{patientName} visited the clinic')
  await text.fill('Seen on {visitDate}: {nobody}')
  await on.getByRole('button', { name: 'Save as a new version' }).click()
  await on.getByRole('alert').filter({ hasText: 'unknown placeholder' }).waitFor()
  await text.fill('Seen by ')
  await on.getByRole('button', { name: 'Name of the signer' }).click()
  await expect.poll(() => text.inputValue()).toBe('Seen by {doctorName}')
  await on.getByRole('button', { name: 'Save as a new version' }).click()
  await on.getByText('Version 1 of the clinic').waitFor()
  expect(await barriers(on)).toEqual([])
  await on.setViewportSize({ width: 390, height: 760 })
  expect(await sideways(on)).toBe(0)
  await owner.context.close()
})
