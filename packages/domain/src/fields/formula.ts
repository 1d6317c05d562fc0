import { Refusal } from '../refusal.ts'

/** What a calculation is made of. Only what stands here can happen: no names but the clinic's fields, no loops, no reach outside. */
export type Formula =
  | { is: 'constant'; value: number | string }
  | { is: 'field'; name: string }
  | { is: 'operation'; sign: Sign; left: Formula; right: Formula }
  | { is: 'call'; name: FunctionName; given: readonly Formula[] }

type Sign = '<=' | '>=' | '<>' | '<' | '>' | '=' | '+' | '-' | '*' | '/'
/** How tightly signs bind; the same level goes from left to right. */
const levels: readonly (readonly Sign[])[] = [['<=', '>=', '<>', '<', '>', '='], ['+', '-'], ['*', '/']]

/** How many values each function takes. */
const functions = { age: [0, 1], if: [3, 3], round: [1, 2], min: [1, 9], max: [1, 9] } as const
type FunctionName = keyof typeof functions

const token = /\s*(?:(\d+(?:\.\d+)?)|'([^']{0,40})'|([a-z][a-z0-9_]{0,39})|(<=|>=|<>|[<>=+\-*/(),]))/y
const deepest = 30

/** Reads a calculation, for example `round(weight / (height * height / 10000), 1)` or `if(smoker = 'yes', 1, 0)`. Throws `formula_wrong` (`at`: the letter where it stops making sense). */
export function readFormula(text: string): Formula {
  const cursor = cursorOver(tokensOf(text), text.length)
  const whole = readOperation(cursor, 0, 0)
  return cursor.peek() === undefined ? whole : cursor.fail()
}

interface Cursor {
  peek(): Token | undefined
  isSign(word: string): boolean
  move(): void
  /** Goes over a sign that has to stand here. */
  take(word: string): void
  fail(): never
}

function cursorOver(tokens: readonly Token[], end: number): Cursor {
  let next = 0
  const peek = (): Token | undefined => tokens[next]
  const fail = (): never => {
    throw new Refusal('formula_wrong', { at: peek()?.at ?? end })
  }
  const isSign = (word: string): boolean => peek()?.kind === 'sign' && peek()?.text === word
  const move = (): void => void (next += 1)
  return { peek, fail, isSign, move, take: (word) => (isSign(word) ? move() : fail()) }
}

function readOperation(cursor: Cursor, level: number, depth: number): Formula {
  const row = levels[level]
  if (depth > deepest) return cursor.fail()
  if (!row) return readSingle(cursor, depth)
  let left = readOperation(cursor, level + 1, depth)
  for (let sign = row.find(cursor.isSign); sign !== undefined; sign = row.find(cursor.isSign)) {
    cursor.move()
    left = { is: 'operation', sign, left, right: readOperation(cursor, level + 1, depth) }
  }
  return left
}

function readSingle(cursor: Cursor, depth: number): Formula {
  const here = cursor.peek()
  if (depth > deepest || !here) return cursor.fail()
  cursor.move()
  if (here.kind === 'number') return { is: 'constant', value: Number(here.text) }
  if (here.kind === 'words') return { is: 'constant', value: here.text }
  if (here.kind === 'name') return cursor.isSign('(') ? readCall(cursor, here.text, depth) : { is: 'field', name: here.text }
  if (here.text === '-') return { is: 'operation', sign: '-', left: { is: 'constant', value: 0 }, right: readSingle(cursor, depth + 1) }
  if (here.text !== '(') return cursor.fail()
  const inside = readOperation(cursor, 0, depth + 1)
  cursor.take(')')
  return inside
}

function readCall(cursor: Cursor, name: string, depth: number): Formula {
  if (!isFunction(name)) return cursor.fail()
  cursor.take('(')
  const given: Formula[] = []
  while (!cursor.isSign(')')) {
    if (given.length > 0) cursor.take(',')
    given.push(readOperation(cursor, 0, depth + 1))
  }
  cursor.take(')')
  const [least, most] = functions[name]
  return given.length < least || given.length > most ? cursor.fail() : { is: 'call', name, given }
}

const isFunction = (name: string): name is FunctionName => Object.hasOwn(functions, name)

interface Token {
  kind: 'number' | 'words' | 'name' | 'sign'
  text: string
  at: number
}

function tokensOf(text: string): Token[] {
  const found: Token[] = []
  for (let at = 0; at < text.trimEnd().length; ) {
    token.lastIndex = at
    const match = token.exec(text)
    if (!match) throw new Refusal('formula_wrong', { at })
    const [whole, number, words, name, sign] = match
    found.push(number !== undefined ? { kind: 'number', text: number, at } : words !== undefined ? { kind: 'words', text: words, at } : name !== undefined ? { kind: 'name', text: name, at } : { kind: 'sign', text: sign ?? '', at })
    at += whole.length
  }
  return found
}

/** The fields that a calculation asks for, each once. */
export function namesIn(formula: Formula): string[] {
  if (formula.is === 'field') return [formula.name]
  const inside = formula.is === 'operation' ? [formula.left, formula.right] : formula.is === 'call' ? formula.given : []
  return [...new Set(inside.flatMap(namesIn))]
}

type Known = number | string | boolean | null

export interface Facts {
  /** A field's value by its key; null where there is none. Dates as ISO text. */
  valueOf(name: string): number | string | null
  /** Whole years since an ISO date, or since the patient was born where none is given; null where it is not known. */
  age(since: string | null): number | null
}

/** The result, rounded to six digits behind the point. Null where something in it is not known, does not fit, or divides by zero. */
export function calculate(formula: Formula, facts: Facts): number | null {
  const result = evaluate(formula, facts)
  const rounded = typeof result === 'number' ? Math.round(result * 1e6) / 1e6 : NaN // the multiplication may overflow
  return Number.isFinite(rounded) ? rounded : null
}

function evaluate(formula: Formula, facts: Facts): Known {
  if (formula.is === 'constant') return formula.value
  if (formula.is === 'field') return facts.valueOf(formula.name)
  if (formula.is === 'operation') return operate(formula.sign, evaluate(formula.left, facts), evaluate(formula.right, facts))
  const { name, given } = formula
  if (name === 'if') return branch(given, facts)
  const values = given.map((one) => evaluate(one, facts))
  if (name === 'age') return ageOf(values, facts)
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length < values.length) return null
  const [first = 0, digits = 0] = numbers
  return name === 'round' ? rounded(first, digits) : name === 'min' ? Math.min(...numbers) : Math.max(...numbers)
}

function branch([condition, yes, no]: readonly Formula[], facts: Facts): Known {
  const holds = condition ? evaluate(condition, facts) : null
  const chosen = holds === true ? yes : holds === false ? no : undefined
  return chosen ? evaluate(chosen, facts) : null
}

function ageOf(values: readonly Known[], facts: Facts): number | null {
  if (values.length === 0) return facts.age(null)
  const [since] = values
  return typeof since === 'string' ? facts.age(since) : null
}

function rounded(value: number, digits: number): number {
  const by = 10 ** Math.min(6, Math.max(0, Math.trunc(digits)))
  return Math.round(value * by) / by
}

function operate(sign: Sign, left: Known, right: Known): Known {
  if (left === null || right === null) return null
  if (sign === '=') return left === right
  if (sign === '<>') return left !== right
  const numbers = typeof left === 'number' && typeof right === 'number'
  const dates = typeof left === 'string' && typeof right === 'string'
  if (!numbers && !(dates && ['<', '>', '<=', '>='].includes(sign))) return null
  if (sign === '<') return left < right
  if (sign === '>') return left > right
  if (sign === '<=') return left <= right
  if (sign === '>=') return left >= right
  return numbers ? arithmetic(sign, left, right) : null
}

function arithmetic(sign: Sign, left: number, right: number): number | null {
  if (sign === '+') return left + right
  if (sign === '-') return left - right
  if (sign === '*') return left * right
  return right === 0 ? null : left / right
}
