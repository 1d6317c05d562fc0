import { readFileSync } from 'node:fs'
import { HttpError, send, type Exchange } from './exchange.ts'

const FILES: Record<string, { file: string; type: string }> = {
  '/': { file: 'post.html', type: 'text/html; charset=utf-8' },
  '/post.css': { file: 'post.css', type: 'text/css; charset=utf-8' },
  '/post.js': { file: 'post.js', type: 'text/javascript; charset=utf-8' },
  '/calls.js': { file: 'calls.js', type: 'text/javascript; charset=utf-8' },
  '/draw.js': { file: 'draw.js', type: 'text/javascript; charset=utf-8' },
  '/words.js': { file: 'words.js', type: 'text/javascript; charset=utf-8' },
}

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The page a person looks at, and its style and script. */
export function answerPage({ method, path, response }: Exchange): void {
  const found = method === 'GET' || method === 'HEAD' ? FILES[path] : undefined
  if (!found) throw new HttpError(404, `There is nothing at ${method} ${path}.`)
  send(response, 200, found.type, readFileSync(new URL(`./page/${found.file}`, import.meta.url)), { 'Content-Security-Policy': POLICY })
}
