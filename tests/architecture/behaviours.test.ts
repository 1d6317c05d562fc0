// docs/BEHAVIOURS.md says which test shows what; a test that was renamed or removed shows nothing.
import { expect, test } from 'vitest'
import { read } from './files.ts'

interface Row {
  behaviour: number
  by: string
  languages: string[]
  file: string
  name: string
}

const rows: Row[] = [...read('docs/BEHAVIOURS.md').matchAll(/^\| (\d+) [^|]+\| (\w+) \| ([\w, ]+) \| (\S+) \| (.+) \|$/gm)].map(([, behaviour = '', by = '', languages = '', file = '', name = '']) => ({ behaviour: Number(behaviour), by, languages: languages.split(', '), file, name }))
const numbers = Array.from({ length: 15 }, (_, index) => index + 1)

test('every test that is named there exists', () => {
  const missing = rows.filter(({ file, name }) => !["'", '"', '`'].some((quote) => read(file).replaceAll("\\'", "'").includes(`(${quote}${name}${quote}, `)))
  expect(missing.map(({ file, name }) => `${file}: ${name}`)).toEqual([])
  expect(rows.length).toBeGreaterThan(30)
})

test('every behaviour is shown in Hebrew and in English', () => {
  const lacking = numbers.flatMap((number) => ['he', 'en'].filter((language) => !rows.some(({ behaviour, languages }) => behaviour === number && languages.includes(language))).map((language) => `${number} ${language}`))
  expect(lacking).toEqual([])
})

test('a finger can drag, book and check in, in both languages', () => {
  for (const number of [3, 5, 9]) {
    const byFinger = rows.filter(({ behaviour, by }) => behaviour === number && by === 'touch').flatMap(({ languages }) => languages)
    expect(new Set(byFinger), String(number)).toEqual(new Set(['he', 'en']))
  }
})
