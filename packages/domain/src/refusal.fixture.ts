import { Refusal } from './refusal.ts'

/** The code with which something is refused; any other error is the test's. */
export function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'not refused'
}
