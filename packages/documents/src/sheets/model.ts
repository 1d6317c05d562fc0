import type { Direction } from '../bidi.ts'
import type { Column } from '../table.ts'
import type { Stroke } from '@yoman/domain/plans/shown'

/** A paper of the record (a plan, a letter) as words in the order they are read; the drawing only places them. */
export interface Sheet {
  direction: Direction
  meta: { title: string; author: string; language: string; createdAtMs: number }
  letterhead: { name: string; lines: string[] }
  heading: string
  subheading: string
  facts: { label: string; value: string }[]
  parts: Part[]
  footer: { start: string; page: string }
}

export type Part =
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: string; look?: 'plain' | 'soft' | 'boxed' }
  | { kind: 'table'; columns: Column[]; rows: string[][]; /** For the many columns of a register. */ small?: boolean }
  | { kind: 'total'; label: string; value: string; strong: boolean }
  | { kind: 'signature'; lines: string[]; strokes: readonly Stroke[] | null; typed: string; small: string[] }
