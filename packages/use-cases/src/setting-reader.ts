/** Every setting that is wrong or missing, each in a sentence. */
export class ConfigError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The settings are not right:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

export type SettingReader = ReturnType<typeof settingReader>

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/**
 * Reads the settings of a program by name. What is wrong is gathered, so that all of it is told at once by `check`; until then a
 * wrong setting reads as something harmless of its type. A value that may hold a secret is never repeated.
 */
export function settingReader(env: NodeJS.ProcessEnv) {
  const problems: string[] = []
  const say = (problem: string): void => void problems.push(problem)
  /** Null where it is not set; empty is as good as not set. */
  const text = (name: string): string | null => env[name]?.trim() || null
  const isMissing = (name: string): string => `${name} is ${text(name) === null ? 'not set' : 'wrong'}`
  return {
    say,
    text,
    required(name: string, what: string): string {
      const given = text(name)
      if (given === null) say(`${name} is not set; it is ${what}.`)
      return given ?? ''
    },
    whole(name: string, otherwise: number, least: number, most: number): number {
      const given = text(name)
      const value = given === null ? otherwise : Number(given)
      if (Number.isInteger(value) && value >= least && value <= most) return value
      say(`${name} is "${given}"; it must be a whole number from ${least} to ${most}.`)
      return otherwise
    },
    flag(name: string): boolean {
      const given = text(name)
      if (given !== null && !['0', '1', 'false', 'true'].includes(given)) say(`${name} is "${given}"; it must be 1 or 0.`)
      return given === '1' || given === 'true'
    },
    oneOf(name: string, otherwise: string, words: readonly string[]): string {
      const given = text(name) ?? otherwise
      if (!words.includes(given)) say(`${name} is "${given}"; it must be one of ${words.join(', ')}.`)
      return given
    },
    /** The address may hold a password, so it is not repeated. */
    url(name: string, protocols: readonly string[], otherwise: string | null = null): string {
      const given = text(name) ?? otherwise
      if (given !== null && URL.canParse(given) && protocols.includes(new URL(given).protocol)) return given
      say(`${isMissing(name)}; it must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}.`)
      return ''
    },
    /** 32 bytes. */
    key(name: string): Buffer {
      const bytes = Buffer.from(text(name) ?? '', 'base64')
      if (bytes.length !== 32) say(`${isMissing(name)}; it must be 32 random bytes in base64. Make one with: openssl rand -base64 32`)
      return bytes
    },
    /** Throws one `ConfigError` with everything that was wrong. */
    check(): void {
      if (problems.length > 0) throw new ConfigError(problems)
    },
  }
}
