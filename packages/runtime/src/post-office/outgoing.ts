import { signatureOf } from './signature.ts'

const TIMEOUT_MS = 15_000

/** Posts a signed form as Twilio does. Returns the HTTP status, or why there was none. */
export async function postSigned(authToken: string, url: string, parameters: Record<string, string>): Promise<number | string> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'X-Twilio-Signature': signatureOf(authToken, url, parameters), 'User-Agent': 'TwilioProxy/1.1' },
      body: new URLSearchParams(parameters),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await answer.arrayBuffer() // frees the connection
    return answer.status
  } catch (error) {
    // Recorded in the ledger by the caller: whoever does not answer does not stop the post.
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
    return `${error instanceof Error ? error.message : error}${cause}`
  }
}
