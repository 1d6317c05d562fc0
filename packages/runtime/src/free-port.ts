import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

// Below the ranges from which systems take the near end of outgoing connections (Linux from 32768, others from 49152): a port
// that the system itself offers lies inside them, and any connection can take it before it is listened on.
const lowest = 20_000
const beyond = 32_000
const mostTries = 50

/** A port of 127.0.0.1 on which nobody listens. @throws Error when none of fifty is free */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const port = randomInt(lowest, beyond)
    if (await isFree(port)) return port
  }
  throw new Error(`No free port was found between ${lowest} and ${beyond}.`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(false) : reject(error)))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
