import { createHmac } from 'node:crypto'

/** Twilio's `X-Twilio-Signature` for a posted form: over the exact URL and all parameters, sorted by name. */
export function signatureOf(authToken: string, url: string, parameters: Record<string, string>): string {
  const text = Object.keys(parameters)
    .sort()
    .reduce((sum, name) => sum + name + parameters[name], url)
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64')
}
