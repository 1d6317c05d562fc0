import { refusals } from '@yoman/domain/refusal'
import { describe, expect, test } from 'vitest'
import { files, isTest, read, readJson } from './files.ts'

const folder = 'apps/web/src/locales'
const names = (language: string): string[] => files(new RegExp(`^${folder}/${language}/[^/]+\\.json$`)).map((path) => path.split('/').at(-1) ?? '').sort()

/** Every text of a language as `file.key.key` → text. */
function texts(language: string): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (key: string, value: unknown): void => {
    if (typeof value === 'string') found.set(key, value)
    else for (const [name, inner] of Object.entries(value ?? {})) walk(`${key}.${name}`, inner)
  }
  for (const name of names(language)) walk(name.replace('.json', ''), readJson(`${folder}/${language}/${name}`))
  return found
}

const hebrew = texts('he')
const english = texts('en')
const placeholders = (text: string | undefined): string[] => [...new Set([...(text ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].sort()

describe('the screens', () => {
  test('have the same texts in Hebrew and in English', () => {
    expect(hebrew.size).toBeGreaterThan(50)
    expect([...english.keys()].sort()).toEqual([...hebrew.keys()].sort())
  })

  test('fill the same places in both', () => {
    const different = [...hebrew].filter(([key, text]) => placeholders(text).join() !== placeholders(english.get(key)).join()).map(([key]) => key)
    expect(different).toEqual([])
  })

  test('say something in every text', () => {
    expect([...hebrew, ...english].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([])
  })

  test('speak Hebrew in Hebrew and not in English', () => {
    const wordsLeft = (text: string): string => text.replace(/\{\w+\}/g, '')
    const untranslated = [...hebrew].filter(([key, text]) => /\p{Script=Latin}{3,}/u.test(wordsLeft(text)) && !/\p{Script=Hebrew}/u.test(text) && english.get(key) === text && !/^[\w.@:/-]+$|^[A-Z]{2,5}$|^English$/.test(text))
    expect(untranslated.map(([key, text]) => `${key}: ${text}`)).toEqual([])
    const strayed = [...english].filter(([, text]) => /\p{Script=Hebrew}/u.test(text) && !/^עברית$/.test(text))
    expect(strayed.map(([key, text]) => `${key}: ${text}`)).toEqual([])
  })

  test('carry no invisible marks: direction is the markup’s task', () => {
    expect([...hebrew, ...english].filter(([, text]) => /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/.test(text)).map(([key]) => key)).toEqual([])
  })

  test.each([['he'], ['en']])('have words in %s for everything the domain refuses', (language) => {
    const known = language === 'he' ? hebrew : english
    expect(Object.keys(refusals).filter((code) => !known.has(`problems.${code}`))).toEqual([])
  })

  test('ask only for texts that exist', () => {
    const sources = files(/^apps\/web\/src\/.*\.(vue|ts)$/).filter((path) => !isTest(path))
    const missing = sources.flatMap((path) => [...read(path).matchAll(/(?<![\w.])t\(\s*'([\w.]+)'/g)].map(([, key]) => key ?? '').filter((key) => !hebrew.has(key)).map((key) => `${path}: ${key}`))
    expect(missing).toEqual([])
  })

  test('write no words of their own into a template', () => {
    const vue = files(/^apps\/web\/src\/.*\.vue$/)
    const spoken = vue.flatMap((path) => {
      const template = /<template>([\s\S]*)<\/template>/.exec(read(path))?.[1] ?? ''
      const shown = template.replace(/<!--[\s\S]*?-->|<kbd[\s\S]*?<\/kbd>/g, '').replace(/\{\{[\s\S]*?\}\}/g, '').replace(/<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>/g, '\n')
      return shown.split('\n').map((line) => line.trim()).filter((line) => /\p{L}{2,}/u.test(line)).map((line) => `${path}: ${line}`)
    })
    expect(spoken).toEqual([])
  })
})
