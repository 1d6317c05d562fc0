// One person, one record: duplicates are seen while they are typed, two people merge and take apart, a family is told what it may be told.
import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { type Api, apiOf } from './api-of.ts'
import { barriers, openAs, sideways, turnLanguage } from './page.ts'

let product: TestProduct
let browser: Browser
let api: Api
let desk: Page

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' })
  browser = await testBrowser()
  api = await apiOf(product.url, 'desk')
  desk = (await openAs(browser, product.url, 'desk')).page
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const newPatient = async (body: object): Promise<string> => {
  const id = randomUUID()
  await api('POST', '/patients', { id, phones: [], evenIfKnown: true, ...body })
  return id
}
const main = (page: Page) => page.getByRole('main')
const open = (page: Page, path: string) => page.goto(product.url + path)

test('a likely duplicate is shown while the name is typed, with why, and one key opens it', async () => {
  const id = await newPatient({ givenName: 'יהודה', familyName: 'זרחיה', phones: [{ number: '052-7200001' }] })
  await open(desk, '/patients')
  await desk.getByRole('button', { name: 'מטופל/ת חדש/ה' }).click()
  const dialog = desk.getByRole('dialog', { name: 'מטופל/ת חדש/ה' })
  await dialog.getByLabel('שם פרטי').fill('Yehuda')
  await dialog.getByLabel('שם משפחה').fill('זרחייה')
  await dialog.getByLabel('שם פרטי').fill('יאודה')
  const likely = dialog.getByRole('region', { name: 'אולי כבר יש תיק.' })
  await likely.getByText('שם שנשמע אותו דבר').waitFor()
  await dialog.getByLabel('טלפון').fill('0527200001')
  await likely.getByText('אותו טלפון').waitFor()
  expect(await barriers(desk)).toEqual([])
  await desk.keyboard.press('Alt+1')
  await desk.waitForURL(`**/patients/${id}`)
  await desk.getByRole('heading', { level: 1, name: 'יהודה זרחיה' }).waitFor()
})

test('the same in the booking: the one on record is taken instead of a second record', async () => {
  await newPatient({ givenName: 'גאולה', familyName: 'זרחיה', phones: [{ number: '052-7200002' }] })
  await open(desk, '/diary')
  await desk.locator('[data-event]').first().waitFor()
  await desk.keyboard.press('n')
  const dialog = desk.getByRole('dialog', { name: 'תור חדש' })
  await dialog.getByRole('combobox', { name: 'מטופל/ת' }).fill('גהולה זרחיא')
  await desk.getByRole('option', { name: /גהולה זרחיא/ }).click()
  await dialog.getByRole('region', { name: 'אולי כבר יש תיק.' }).getByRole('button', { name: /גאולה זרחיה/ }).click()
  await dialog.getByText('גאולה זרחיה').waitFor()
  await expect.poll(() => dialog.getByLabel('שם פרטי').count()).toBe(0)
  await desk.keyboard.press('Escape')
})

test('two records become one by two people, the old address leads on, and they are taken apart again', async () => {
  const stays = await newPatient({ givenName: 'מרים', familyName: 'אופיר', phones: [{ number: '052-7200011' }] })
  const goes = await newPatient({ givenName: 'מירים', familyName: 'אופיר', phones: [{ number: '052-7200012' }], birthDate: '1970-05-05' })
  await open(desk, `/patients/${stays}?part=details`)
  await desk.getByRole('button', { name: 'איחוד עם תיק אחר' }).click()
  const dialog = desk.getByRole('dialog', { name: 'איחוד שני תיקים' })
  await dialog.getByRole('combobox').fill('מירים אופיר')
  await desk.getByRole('option', { name: /מירים אופיר/ }).click()
  await dialog.getByRole('group', { name: 'שם', exact: true }).getByRole('radio', { name: /מירים/ }).check()
  expect(await barriers(desk)).toEqual([])
  await dialog.getByRole('button', { name: 'שליחה לאישור' }).click()
  await main(desk).getByText('מוצע לאחד עם התיק של מירים אופיר').waitFor()

  const doctor = await openAs(browser, product.url, 'doctor', { width: 390, height: 844 })
  await open(doctor.page, '/patients/merges')
  const waiting = doctor.page.getByRole('listitem').filter({ hasText: 'מירים אופיר' })
  await waiting.getByRole('button', { name: 'בדיקה' }).click()
  const decide = doctor.page.getByRole('dialog', { name: 'איחוד שני תיקים' })
  await decide.getByRole('group', { name: 'תאריך לידה' }).waitFor()
  expect(await sideways(doctor.page)).toBe(0)
  await decide.getByRole('button', { name: 'לאחד', exact: true }).click()
  await doctor.page.getByRole('listitem').filter({ hasText: 'מירים אופיר' }).getByRole('button', { name: 'הפרדה' }).waitFor()

  await open(desk, `/patients/${goes}`)
  await desk.waitForURL(`**/patients/${stays}*`)
  await desk.getByRole('heading', { level: 1, name: 'מירים אופיר' }).waitFor()
  await main(desk).getByText('052-720-0012').first().waitFor()

  await turnLanguage(doctor.page, 'he')
  await open(doctor.page, '/patients/merges')
  await doctor.page.getByRole('listitem').filter({ hasText: 'אופיר' }).getByRole('button', { name: 'Take apart' }).click()
  const apart = doctor.page.getByRole('dialog', { name: 'Take merged records apart' })
  await apart.getByText('What was written since the merge stays with').waitFor()
  expect(await barriers(doctor.page)).toEqual([])
  await apart.getByRole('button', { name: 'Take apart' }).click()
  await doctor.page.getByText('are two again').waitFor()
  await open(desk, `/patients/${goes}`)
  await desk.getByRole('heading', { level: 1, name: 'מירים אופיר' }).waitFor()
  await main(desk).getByText('05/05/1970').first().waitFor()
  expect(new URL(desk.url()).pathname).toBe(`/patients/${goes}`)
  await open(desk, `/patients/${stays}`)
  await desk.getByRole('heading', { level: 1, name: 'מרים אופיר' }).waitFor()
  await turnLanguage(doctor.page, 'en')
  await doctor.context.close()
})

test('a mother calls: her number says whom she may be told of; at eighteen somebody looks, and it can be taken back', async () => {
  const mother = await newPatient({ givenName: 'תמר', familyName: 'נבון', birthDate: '1980-01-01', phones: [{ number: '052-7200021' }] })
  const child = await newPatient({ givenName: 'איתמר', familyName: 'נבון', birthDate: '2008-12-01', phones: [{ number: '052-7200021' }] })
  await api('POST', `/patients/${child}/relations`, { id: randomUUID(), relatedId: mother, kind: 'parent' })
  await open(desk, '/diary')
  await desk.getByRole('search').getByRole('combobox').fill('0527200021')
  await desk.getByRole('option', { name: /תמר נבון/ }).getByText('מותר למסור על איתמר נבון: תורים, מידע רפואי, כספים').waitFor()
  await desk.getByRole('option', { name: /איתמר נבון/ }).getByText('אין הרשאה למסור מידע על תמר נבון').waitFor()

  await open(desk, `/patients/${child}?part=family`)
  const member = main(desk).getByRole('listitem').filter({ hasText: 'תמר נבון' })
  const money = member.getByRole('checkbox', { name: 'כספים' })
  await money.uncheck()
  await desk.getByText('מה שמותר למסור נשמר').first().waitFor()
  await expect.poll(() => money.isChecked()).toBe(false)
  await desk.keyboard.press('Control+z')
  await expect.poll(() => money.isChecked()).toBe(true)
  expect(await barriers(desk)).toEqual([])

  await open(desk, '/patients/coming-of-age')
  const row = main(desk).getByRole('listitem').filter({ hasText: 'איתמר נבון' })
  await row.getByText('01/12/2026').waitFor()
  expect(await barriers(desk)).toEqual([])
  await row.getByRole('button', { name: 'עברנו על זה' }).click()
  await expect.poll(() => row.count()).toBe(0)
  await desk.keyboard.press('Control+z')
  await row.waitFor()
  await desk.setViewportSize({ width: 320, height: 700 })
  expect(await sideways(desk)).toBe(0)
  await open(desk, `/patients/${child}?part=family`)
  await member.waitFor()
  expect(await sideways(desk)).toBe(0)
})
