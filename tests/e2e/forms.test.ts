// A clinic's own fields and forms: defined by the owner, answered by a patient on a phone whose connection breaks, read in the room.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { choose } from './desk.ts'
import { barriers, openAs, openPage, sideways, turnLanguage } from './page.ts'

let product: TestProduct
let browser: Browser
const phone = { width: 390, height: 800 }

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** The first patient of the doctor's day, and the page of a part of their record. */
async function firstOfToday(page: Page): Promise<string> {
  await page.getByRole('navigation').getByRole('link', { name: 'חדר הטיפול' }).click()
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click()
  const link = page.getByRole('main').locator('a[href^="/patients/"]').first()
  return (await link.getAttribute('href'))?.split('/')[2]?.split('?')[0] ?? ''
}
const goTo = async (page: Page, id: string, part: string): Promise<void> => void (await page.goto(`${product.url}/patients/${id}?part=${part}`))

let patient = ''

test('the owner adds a field, the desk answers it, and what it was stays on record with its author', async () => {
  const doctor = await openAs(browser, product.url, 'doctor')
  patient = await firstOfToday(doctor.page)
  expect(patient).toMatch(/^[0-9a-f-]{36}$/)
  await doctor.context.close()

  const owner = await openAs(browser, product.url, 'owner')
  await owner.page.goto(`${product.url}/settings/fields`)
  await owner.page.getByRole('button', { name: 'שדה חדש' }).click()
  const dialog = owner.page.getByRole('dialog', { name: 'שדה חדש' })
  await dialog.getByLabel('שם השדה בעברית').fill('בית ספר')
  await dialog.getByLabel(/שם השדה באנגלית/).fill('School')
  await choose(dialog, 'מתי שואלים', 'פעם אחת, בהתחלה')
  expect(await barriers(owner.page)).toEqual([])
  await dialog.getByRole('button', { name: 'שמירה' }).click()
  await owner.page.getByRole('button', { name: 'בית ספר', exact: true }).waitFor()
  await owner.context.close()

  const desk = await openAs(browser, product.url, 'desk')
  const { page } = desk
  await goTo(page, patient, 'details')
  const own = page.getByRole('region', { name: 'שדות המרפאה' })
  for (const [before, typed] of [['', 'אלון'], ['אלון', 'ארזים']] as const) {
    await expect.poll(() => own.getByRole('textbox', { name: 'בית ספר' }).inputValue()).toBe(before)
    await own.getByRole('textbox', { name: 'בית ספר' }).fill(typed)
    await own.getByRole('button', { name: 'שמירת השדות' }).click()
    await own.getByText('יש שינויים שלא נשמרו').waitFor({ state: 'hidden' })
  }
  await own.getByRole('button', { name: 'מה נרשם: בית ספר' }).click()
  await expect.poll(() => page.getByRole('dialog', { name: 'מה נרשם: בית ספר' }).getByRole('listitem').allInnerTexts()).toEqual([expect.stringContaining('ארזים'), expect.stringContaining('אלון')])
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(await page.getByRole('heading', { name: 'מצב רפואי' }).count()).toBe(0) // the desk has no clinical field on its screen
  expect(desk.troubles).toEqual([])
  await desk.context.close()
})

test('what is asked once is missing until somebody answers it, and one press leads there', async () => {
  const { page, context, troubles } = await openAs(browser, product.url, 'desk')
  await goTo(page, patient, 'details')
  const own = page.getByRole('region', { name: 'שדות המרפאה' })
  const school = own.getByRole('textbox', { name: 'בית ספר' })
  await expect.poll(() => school.inputValue()).toBe('ארזים')
  expect(await page.getByRole('status').filter({ hasText: 'כדאי להשלים' }).filter({ hasText: 'בית ספר' }).count()).toBe(0)
  await school.fill('')
  await own.getByRole('button', { name: 'שמירת השדות' }).click()
  await page.getByRole('status').filter({ hasText: 'כדאי להשלים' }).filter({ hasText: 'בית ספר' }).waitFor()
  expect(await barriers(page)).toEqual([])

  await page.getByRole('tab').first().click()
  await page.getByRole('button', { name: /פרט.* להשלמה$/ }).click()
  // To the first that is missing: of the demo's patients some were never asked for others either.
  await page.locator('[data-field] :focus, [data-detail] :focus').waitFor()
  await expect.poll(() => school.inputValue()).toBe('')
  await school.fill('אורנים')
  await own.getByRole('button', { name: 'שמירת השדות' }).click()
  await own.getByText('השדות נשמרו').waitFor()
  await page.getByRole('status').filter({ hasText: 'כדאי להשלים' }).filter({ hasText: 'בית ספר' }).waitFor({ state: 'detached' })
  expect(troubles).toEqual([])
  await context.close()
})

test('a patient answers on a phone in Russian, loses the connection, goes on, and signs; the doctor takes the allergy into the record', async () => {
  const desk = await openAs(browser, product.url, 'desk')
  await goTo(desk.page, patient, 'forms')
  await desk.page.getByRole('button', { name: 'טופס למטופל/ת' }).click()
  const give = desk.page.getByRole('dialog', { name: 'טופס למטופל/ת' })
  await choose(give, 'איזה טופס', 'שאלון רפואי')
  await choose(give, 'שפת הטופס', 'רוסית')
  await give.getByRole('button', { name: 'מילוי כאן' }).click()
  const link = (await give.getByRole('link', { name: 'פתיחת הטופס' }).getAttribute('href')) ?? ''
  expect(link).toMatch(/\/f#[\w-]{22}\.here$/)
  await desk.page.keyboard.press('Escape')

  const { page, context } = await openPage(browser, `${product.url}/f${link.slice(link.indexOf('#')).replace('.here', '')}`, phone)
  await page.getByRole('heading', { name: 'Медицинская анкета' }).waitFor()
  expect(await page.locator('html').getAttribute('dir')).toBe('ltr')
  expect([await barriers(page), await sideways(page)]).toEqual([[], 0])
  await page.getByRole('group', { name: /Аллергия/ }).getByLabel('Пенициллин').check()
  await page.getByText('Ответы сохранены').waitFor()
  await context.setOffline(true)
  await page.getByRole('group', { name: /разжижающие кровь/ }).getByLabel('Да').check()
  await page.getByLabel(/Постоянно принимаемые лекарства/).fill('Эликвис')
  await page.getByText('Нет связи').waitFor()
  await context.setOffline(false)
  await page.getByText('Ответы сохранены').waitFor()
  await page.reload() // the tab was closed by mistake
  await expect.poll(() => page.getByLabel(/Постоянно принимаемые лекарства/).inputValue()).toBe('Эликвис')
  expect(await page.getByRole('group', { name: /Аллергия/ }).getByLabel('Пенициллин').isChecked()).toBe(true)

  await page.getByRole('button', { name: 'Подписать и отправить' }).click()
  await page.getByText('Здесь нет ответа.').first().waitFor()
  await page.getByRole('group', { name: /Заболевания/ }).getByLabel('Ничего из перечисленного').check()
  await page.getByRole('group', { name: /Беременность/ }).getByLabel('Не относится').check()
  await page.getByRole('group', { name: /Курение/ }).getByLabel('Нет').check()
  await page.getByLabel('Полное имя').fill('Анна Леви')
  await drawOn(page)
  await page.getByRole('button', { name: 'Подписать и отправить' }).click()
  await page.getByRole('heading', { name: 'Спасибо, анкета получена' }).waitFor()
  expect(await page.evaluate<number>('localStorage.getItem("form-" + location.hash.slice(1)) === null ? 0 : 1')).toBe(0) // nothing is left on the phone
  await context.close()

  await expect.poll(() => desk.page.getByRole('listitem').filter({ hasText: 'שאלון רפואי' }).first().innerText()).toContain('התקבל')
  expect(await desk.page.getByRole('button', { name: /^לקריאה/ }).count()).toBe(0)
  await desk.context.close()

  const doctor = await openAs(browser, product.url, 'doctor')
  await firstOfToday(doctor.page)
  const reported = doctor.page.getByRole('region', { name: 'דווח בטופס, ועדיין לא אושר' })
  await reported.getByRole('button', { name: /הוספה להתראות תרופות לדילול הדם: כן/ }).click()
  await expect.poll(() => reported.getByRole('button', { name: /הוספה להתראות תרופות לדילול הדם/ }).count()).toBe(0)
  await expect.poll(() => doctor.page.getByRole('main').innerText()).toMatch(/תרופות לדילול הדם: כן/)
  await goTo(doctor.page, patient, 'forms')
  await turnLanguage(doctor.page, 'he')
  await doctor.page.getByRole('button', { name: /^Read Medical history/ }).first().click()
  const record = doctor.page.getByRole('dialog', { name: 'Medical history' })
  for (const said of ['Penicillin', 'Эликвис', 'Анна Леви', 'Language of the form: Russian']) await record.getByText(said).first().waitFor()
  expect(await barriers(doctor.page)).toEqual([])
  expect(doctor.troubles).toEqual([])
  await turnLanguageBack(doctor.page)
  await doctor.context.close()
})

async function drawOn(page: Page): Promise<void> {
  const pad = page.getByRole('img', { name: 'Подпись пальцем, пером или мышью' })
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (!box) throw new Error('the pad is not on the page')
  await page.mouse.move(box.x + 20, box.y + 60)
  await page.mouse.down()
  for (const step of [1, 2, 3, 4]) await page.mouse.move(box.x + 20 + step * 50, box.y + (step % 2 === 0 ? 70 : 20))
  await page.mouse.up()
}

async function turnLanguageBack(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await turnLanguage(page, 'en')
}
