/** The steps of sending at which a test may have the process killed. */
export type Failpoint = 'before_claim' | 'after_claim' | 'before_call' | 'after_call' | 'after_settle'

/** Dies here, as by a power cut, where the settings ask for it: nothing is flushed, closed or answered. */
export function failpoint(settings: { failpoint: string | null }, here: Failpoint): void {
  if (settings.failpoint === here) process.kill(process.pid, 'SIGKILL')
}
