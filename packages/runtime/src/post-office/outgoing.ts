import { signatureOf } from './signature.ts'

const TIMEOUT_MS = 15_000

/** Posts a signed form as Twilio does. Returns the HTTP status, or why there was none. */
export const postSigned = async (authToken: string, url: string, parameters: Record<string, string>): Promise<number | string> => (await postSignedForText(authToken, url, parameters)).outcome

/** The same with what was answered; empty where nothing was. */
export async function postSignedForText(authToken: string, url: string, parameters: Record<string, string>): Promise<{ outcome: number | string; text: string }> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'X-Twilio-Signature': signatureOf(authToken, url, parameters), 'User-Agent': 'TwilioProxy/1.1' },
      body: new URLSearchParams(parameters),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await answer.text() // frees the connection
    return { outcome: answer.status, text }
  } catch (error) {
    // Recorded in the ledger by the caller: whoever does not answer does not stop the post.
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
    return { outcome: `${error instanceof Error ? error.message : error}${cause}`, text: '' }
  }
}
