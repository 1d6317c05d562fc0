import type { Page } from 'playwright-core'

const longestMs = 30_000

/**
 * Runs in the page before its own scripts. `__until` resolves when what a test looks for is there and has been painted; what has
 * not come after half a minute will not come, and the error names it.
 */
export const stopwatchScript = `
  window.__until = (test) => new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error('never came true: ' + (test.looksFor ?? test))), ${longestMs})
    const look = () => {
      if (!test()) return
      clearTimeout(limit)
      observer.disconnect()
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
    }
    const observer = new MutationObserver(look)
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    look()
  })
  window.__since = (kind, test) => {
    let began = 0
    addEventListener(kind, (event) => (began = began || event.timeStamp), { capture: true, once: true })
    return window.__until(Object.assign(() => began > 0 && test(), { looksFor: test })).then((done) => done - began)
  }`

/**
 * Milliseconds from a person's first event of this kind until `test`, an expression in the page, is true and painted.
 * The browser's own time stamp of the event counts, not the moment when this program sent it.
 */
export async function since(page: Page, kind: 'keydown' | 'input' | 'click', test: string, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate(`void (window.__armed = __since('${kind}', () => ${test}))`) // stands before anything happens
  await act()
  return page.evaluate<number>('window.__armed')
}

/** Milliseconds from now until `test` is true in the page and painted, by the clock that page and program share. */
export async function fromNow(page: Page, test: string, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate(`void (window.__armed = __until(() => ${test}).then(() => Date.now()))`)
  const began = Date.now() // the one clock that both sides have
  await act()
  return (await page.evaluate<number>('window.__armed')) - began
}

/** Milliseconds of the page's main thread for each of `moves` movements of a pressed mouse, there and back over the grid. */
export async function dragCost(page: Page, from: { x: number; y: number }, moves: number): Promise<number> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  const busy = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
  }
  // Straight to the browser: the driver's own mouse runs a script of its own in the page at each move of a drag.
  const mouse = (type: 'mousePressed' | 'mouseMoved', x: number, y: number) => devtools.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: 1, clickCount: 1 })
  await page.mouse.move(from.x, from.y)
  await mouse('mousePressed', from.x, from.y)
  for (let step = 1; step <= 4; step += 1) await mouse('mouseMoved', from.x + step * 5, from.y + step * 5) // past the threshold: from here on it is a drag
  const before = await busy()
  for (let move = 0; move < moves; move += 1) await mouse('mouseMoved', from.x - (move % 50) * 6, from.y + (move % 25) * 8)
  const cost = ((await busy()) - before) / moves
  await page.keyboard.press('Escape')
  await devtools.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...from, button: 'left', buttons: 0, clickCount: 1 })
  await devtools.detach()
  return cost
}
