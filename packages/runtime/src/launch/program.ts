import { spawn, type ChildProcess } from 'node:child_process'

import { LogFile } from './log-file.ts'

export type Program = {
  name: string
  /** Arguments for node: the script and its own arguments. */
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  log: LogFile
  /** Lines that people must see and not only the log, such as the one-time setup link. */
  announce?: (text: string) => void
  /** Ends the program when it fires. */
  stopping?: AbortSignal
}

export type Ending = { code: number | null; signal: NodeJS.Signals | null; lastWords: string }

const leash = new URL('./leash.mjs', import.meta.url).href
const KEPT_CHARACTERS = 4_000

/**
 * Starts a program on a leash: it ends when this process does. In a group of its own, so that a Ctrl-C in the terminal
 * reaches the launcher alone, which ends everything in order.
 */
export function runProgram({ args, cwd, env, log, announce, stopping }: Program): { child: ChildProcess; ended: Promise<Ending>; output: () => string } {
  const child = spawn(process.execPath, ['--import', leash, ...args], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], ...(stopping && { signal: stopping }) })
  let output = ''
  let complaints = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    log.write(chunk)
    announce?.(chunk.toString())
    output = (output + chunk).slice(-100_000)
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    log.write(chunk)
    complaints = (complaints + chunk).slice(-KEPT_CHARACTERS)
  })
  const ended = new Promise<Ending>((resolve) => {
    child.on('error', (error) => resolve({ code: 1, signal: null, lastWords: error.message }))
    child.on('close', (code, signal) => resolve({ code, signal, lastWords: complaints.trim() || output.slice(-KEPT_CHARACTERS).trim() }))
  })
  return { child, ended, output: () => output }
}

/**
 * Runs a program to its end and returns what it printed.
 * @throws Error with its last words when it fails
 */
export async function runToEnd(program: Program): Promise<string> {
  const { ended, output } = runProgram(program)
  const { code, signal, lastWords } = await ended
  if (code !== 0) throw new Error(`${program.name} failed (${signal ?? `code ${code}`}): ${lastWords}\nThe whole log: ${program.log.path}`)
  return output()
}

