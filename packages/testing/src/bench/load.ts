import http from 'node:http'

export interface Call {
  method: 'GET' | 'POST'
  path: string
  body?: unknown
}

export interface Measured {
  perSecond: number
  p50Ms: number
  p99Ms: number
  statuses: Record<number, number>
}

/** Sends `count` calls over `concurrency` kept connections and tells how fast the answers came. */
export async function load(origin: string, token: string | null, concurrency: number, count: number, next: (n: number) => Call): Promise<Measured> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency })
  const latencies: number[] = []
  const statuses: Record<number, number> = {}
  let sent = 0
  const started = performance.now()
  const lane = async () => {
    while (sent < count) {
      const begun = performance.now()
      const status = await request(agent, origin, token, next(sent++))
      latencies.push(performance.now() - begun)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  const seconds = (performance.now() - started) / 1000
  agent.destroy()
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return { perSecond: count / seconds, p50Ms: at(0.5), p99Ms: at(0.99), statuses }
}

function request(agent: http.Agent, origin: string, token: string | null, call: Call): Promise<number> {
  return new Promise((resolve, reject) => {
    const body = call.body === undefined ? undefined : JSON.stringify(call.body)
    const headers: Record<string, string | number> = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    if (token) headers.authorization = `Bearer ${token}`
    const sending = http.request(`${origin}${call.path}`, { agent, method: call.method, headers }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? 0))
    })
    sending.on('error', reject)
    sending.end(body)
  })
}
