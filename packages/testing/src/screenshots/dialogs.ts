import type { Page } from 'playwright-core'
import type { Screen } from './screens.ts'

// What opens over a page. Words are given in both languages, for a picture is taken in each.

const overDiary = (name: string, open: (page: Page) => Promise<void>, who: Screen['who'] = 'owner'): Screen => ({ who, name, path: '/diary', ready: '[data-event]', open })

/** Every dialog, menu and hint of the diary. */
export const diaryDialogs: readonly Screen[] = [
  overDiary('booking', key('n')),
  overDiary('booking-filled', fillBooking),
  overDiary('visit', openVisit),
  overDiary('visit-menu', menuOf),
  overDiary('hover', hover),
  overDiary('move', menuItem(/^(העברה למועד אחר|Move to another time)$/)),
  overDiary('cancel', menuItem(/^(ביטול התור|Cancel appointment)$/)),
  overDiary('visit-task', menuItem(/^(משימה בעקבות התור|Task about this visit)$/)),
  overDiary('earlier', menuItem(/^(הקדמת התור|Wants an earlier time)$/)),
  overDiary('repeat', menuItem(/^(תור נוסף במועד אחר|Again in)…$/)),
  overDiary('series', newSeries),
  overDiary('block', press(/^(חסימת זמן|Block time)$/)),
  overDiary('finder', findTimes),
  overDiary('search', search),
  overDiary('columns', press(/^(בחירת עמודות|Choose columns)$/)),
  overDiary('changes', key('h')),
  overDiary('keys', key('Shift+Slash')),
  overDiary('display', display),
]

/** Presses a key of the diary and waits for the dialog that it opens. */
function key(name: string) {
  return async (page: Page): Promise<void> => {
    await page.keyboard.press(name)
    await page.getByRole('dialog').waitFor()
  }
}

/** Presses a button and waits for what opens. */
export function press(button: RegExp, opens = '[role=dialog]') {
  return async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: button }).first().click()
    await page.locator(opens).first().waitFor()
  }
}

/** A visit that is still to come can be moved, repeated and cancelled. */
async function menuOf(page: Page): Promise<void> {
  const card = page.locator('[data-event][style*="--booked-soft"]').first()
  await card.scrollIntoViewIfNeeded()
  await card.click({ button: 'right' })
  await page.getByRole('menuitem').first().waitFor()
}

function menuItem(name: RegExp) {
  return async (page: Page): Promise<void> => {
    await menuOf(page)
    await page.getByRole('menuitem', { name }).click()
    await page.getByRole('dialog').getByRole('button').first().waitFor()
  }
}

async function newSeries(page: Page): Promise<void> {
  await menuItem(/^(קביעת סדרת תורים|Book a series)…$/)(page)
  await page.getByRole('dialog').getByRole('listitem').nth(1).waitFor()
}

async function openVisit(page: Page): Promise<void> {
  await page.locator('[data-event]').first().click()
  await page.getByRole('dialog').getByRole('textbox').waitFor()
}

async function hover(page: Page): Promise<void> {
  const card = page.locator('[data-event][style*="--booked-soft"]').first()
  await card.scrollIntoViewIfNeeded()
  await page.mouse.move(0, 0) // a pointer that stands there already enters nothing
  await card.hover()
  await page.locator('.grid-hover').waitFor()
}

async function fillBooking(page: Page): Promise<void> {
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').first().fill('נועה לוי')
  await page.getByRole('option').first().click()
  await dialog.getByRole('combobox').first().click()
  await page.getByRole('option').first().click()
  const freeTimes = dialog.getByRole('button', { name: /^(מועדים פנויים|Free times)$/ }) // on a phone they stand behind it
  if (await freeTimes.isVisible()) await freeTimes.click()
  await dialog.getByRole('region').getByRole('listitem').first().getByRole('button').first().click()
}

async function findTimes(page: Page): Promise<void> {
  await page.keyboard.press('f')
  const panel = page.getByRole('region', { name: /^(חיפוש מועד פנוי|Find a free time)$/ })
  await panel.getByRole('combobox').first().click()
  await page.getByRole('option').first().click()
  await panel.getByRole('listitem').first().waitFor()
}

async function search(page: Page): Promise<void> {
  await page.keyboard.press('Control+KeyK')
  await page.locator('[role=search] input').fill('כהן')
  await page.getByRole('option').first().waitFor()
}

async function display(page: Page): Promise<void> {
  await page.getByRole('button', { name: /התפריט שלי|My menu/ }).click()
  await page.getByRole('menuitem', { name: /^(תצוגה|Display)/ }).click()
  await page.getByRole('dialog').getByRole('button').first().waitFor()
}
