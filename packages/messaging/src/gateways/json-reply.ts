/** What a service said. `status` 0: it said nothing, and `body.message` is why. A body that is no JSON object is empty. */
export interface Reply {
  status: number
  body: Record<string, unknown>
}

/** Asks a service that speaks JSON; never throws. */
export async function sent(url: string, init: RequestInit): Promise<Reply> {
  try {
    const response = await fetch(url, init)
    return { status: response.status, body: objectOf(await response.text()) }
  } catch (error) {
    return { status: 0, body: { message: error instanceof Error ? error.message : String(error) } }
  }
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {} // a page of some proxy: its status says enough
  }
}
