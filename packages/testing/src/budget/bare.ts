import { readFileSync } from 'node:fs'
import http from 'node:http'
import type { Page } from 'playwright-core'
import { dragCost, fromNow, since } from './stopwatch.ts'
import type { Measured } from './report.ts'

/** The very answers of the product's API that the bare page draws. */
export interface Recorded {
  /** By date. */
  days: ReadonlyMap<string, string>
  search: string
  patient: string
}

/** The baseline: one page of plain script and absolutely placed boxes, its data from memory. No session, no framework, no words. */
export async function serveBare({ days, search, patient }: Recorded): Promise<{ origin: string; tell(): void; stop(): void }> {
  const page = readFileSync(new URL('./bare.html', import.meta.url))
  const listeners = new Set<http.ServerResponse>()
  const server = http.createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bare')
    if (pathname === '/live') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': open\n\n')
      listeners.add(response)
      return
    }
    const bodies: Record<string, string | undefined> = { '/day': days.get(searchParams.get('date') ?? ''), '/search': search, '/patient': patient, '/dates': JSON.stringify([...days.keys()]) }
    const body = pathname === '/' ? page : (bodies[pathname] ?? '{}')
    response.writeHead(200, { 'content-type': pathname === '/' ? 'text/html; charset=utf-8' : 'application/json' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the bare server has no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    tell: () => listeners.forEach((one) => one.write('data: changed\n\n')),
    stop: () => (server.closeAllConnections(), server.close()),
  }
}

const drawn = (minimum: number): string => `document.querySelectorAll('.card').length >= ${minimum}`

/** One round of all that is measured, on a page that has just been opened. */
export async function measureBare(page: Page, bare: { origin: string; tell(): void }, into: Measured): Promise<void> {
  await page.goto(bare.origin)
  into['first diary after sign-in'].push(await since(page, 'keydown', drawn(240), () => page.keyboard.press('Enter')))
  into['from day to day'].push(await since(page, 'keydown', `document.body.dataset.day === '1' && ${drawn(240)}`, () => page.keyboard.press('PageDown')))
  await page.locator('input').focus()
  into['search results after a keystroke'].push(await since(page, 'input', `document.querySelectorAll('li').length > 0`, () => page.keyboard.insertText('כהן')))
  into['opening a patient'].push(await since(page, 'keydown', `document.querySelector('h1') !== null`, () => page.keyboard.press('Enter')))
  await page.keyboard.press('Escape')
  await page.locator('.card').first().waitFor()
  into['main thread for each move of a drag'].push(await dragCost(page, await middleOf(page), 100))
  into['a change by somebody else'].push(await fromNow(page, `document.querySelector('.fresh')`, async () => bare.tell()))
}

async function middleOf(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.locator('.card').nth(120).boundingBox()
  if (!box) throw new Error('the bare page drew nothing')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
