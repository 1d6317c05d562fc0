import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Makes sure that the address people will use is free. Waits a moment for a predecessor that is just ending.
 * @throws Error that says what to do
 */
export async function claimAddress(host: string, port: number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const code = await tryToListen(host, port)
    if (code === undefined) return
    if (code === 'EACCES') throw new Error(`This account may not use port ${port}. Choose one from 1024 up: PORT=3000 npm start`)
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') throw new Error(`${host} is not an address of this machine. Set HOST to 127.0.0.1, or to 0.0.0.0 for all its addresses.`)
    if (code !== 'EADDRINUSE') throw new Error(`Port ${port} of ${host} cannot be used (${code}).`)
    if (attempt === 10) throw new Error(`Port ${port} of ${host} is taken by another program. End that program, or choose another port: PORT=${port + 1} npm start`)
    await sleep(300)
  }
}

function tryToListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })
}

/**
 * Resolves when `url` answers 200.
 * @throws Error with its last answer when that takes too long
 */
export async function untilReady(url: string, timeoutMs: number, stopping: AbortSignal): Promise<void> {
  const attempts = timeoutMs / 100
  let last = 'no answer'
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) })
      if (answer.ok) return
      last = `${answer.status} ${(await answer.text()).slice(0, 300)}`
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    await sleep(100, undefined, { signal: stopping })
  }
  throw new Error(`The product does not become ready: ${url} says ${last}.`)
}
