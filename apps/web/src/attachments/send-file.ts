import type { Attachment } from '@yoman/contract/attachments'
import type { Inputs } from '@yoman/contract/routes'
import { ApiProblem, buildRequest, problemOf } from '../request.ts'
import { refresh, token } from '../session.ts'

type Filing = Inputs['POST /attachments']['query']

/** Sends one file and tells how far it is, 0 to 1; what `fetch` cannot tell. Throws `ApiProblem`, or `AbortError` where it was given up. */
export async function sendFile(query: Filing, file: File, onProgress: (part: number) => void, signal: AbortSignal): Promise<Attachment> {
  if (token() === null && !(await refresh())) throw new ApiProblem(401, 'unauthenticated')
  try {
    return await sendOnce(query, file, onProgress, signal)
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401 || !(await refresh())) throw error
    return sendOnce(query, file, onProgress, signal)
  }
}

async function sendOnce(query: Filing, file: File, onProgress: (part: number) => void, signal: AbortSignal): Promise<Attachment> {
  const answer = await post(buildRequest('POST /attachments', { query }, {}).url, file, onProgress, signal)
  if (!answer.ok) throw await problemOf(answer)
  return (await answer.json()) as Attachment // the server serialises by the same contract
}

function post(url: string, file: File, onProgress: (part: number) => void, signal: AbortSignal): Promise<Response> {
  const form = new FormData()
  form.append('file', file, file.name)
  const request = new XMLHttpRequest()
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.upload.addEventListener('progress', ({ loaded, total }) => total > 0 && onProgress(loaded / total))
    request.addEventListener('load', () => resolve(new Response(request.responseText, { status: request.status, headers: { 'content-type': request.getResponseHeader('content-type') ?? '' } })))
    request.addEventListener('error', () => reject(new ApiProblem(0, 'unreachable')))
    request.addEventListener('abort', () => reject(new DOMException('given up', 'AbortError')))
    request.open('POST', url)
    request.setRequestHeader('authorization', `Bearer ${token() ?? ''}`)
    request.send(form)
  })
}
