import { demoPassword } from '@yoman/testing/demo/logins'

/** A call of the API as somebody of the demo: what it answers, by the contract. Throws on any refusal. */
export type Api = <T>(method: string, path: string, body?: object) => Promise<T>

/** The API as one of the demo's staff, for what a story takes as given and for what came of it; by the name before the @. */
export async function apiOf(url: string, account: string): Promise<Api> {
  const send = async (method: string, path: string, body?: object, token?: string): Promise<unknown> => {
    const answer = await fetch(`${url}/api${path}`, { method, headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) })
    if (!answer.ok) throw new Error(`${answer.status} ${method} ${path}: ${await answer.text()}`)
    return answer.json()
  }
  const { accessToken } = (await send('POST', '/auth/sign-in', { email: `${account}@shaked.example`, password: demoPassword })) as { accessToken: string }
  return <T>(method: string, path: string, body?: object) => send(method, path, body, accessToken) as Promise<T> // by the contract
}
