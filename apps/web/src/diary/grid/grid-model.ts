import type { Component } from 'vue'

/** Minutes since local midnight; `start` belongs to it, `end` does not. */
export interface Span {
  start: number
  end: number
}

export interface GridColumn {
  id: string
  title: string
  /** Its whole name where the title alone does not say enough; it is what is spoken. */
  label?: string
  /** What marks the column beside its name, a CSS colour; empty where nothing does. */
  colour: string
  /** When it may be booked, in order; the rest is drawn as closed. */
  open: readonly Span[]
  /** What columns beside each other have in common, a day for instance; written once above them. */
  group?: { key: string; title: string }
  /** Time in it that is nobody's visit: leave, a meeting, a closed day. */
  blocks?: readonly GridColumnBlock[]
  /** False where the line of the present time does not belong; true everywhere else, unset too. */
  now?: boolean
}

/** A block of a column; it begins and ends where it will, also outside the hours on screen. */
export interface GridColumnBlock extends Span {
  id: string
  title: string
  icon: Component
  allDay: boolean
  /** Whether it is the same as before. */
  version: number
  open: () => void
}

export interface GridEvent extends Span {
  id: string
  columnId: string
  title: string
  detail: string
  /** Names the colours: `--<tone>-soft` and `--<tone>-ink`. */
  tone: string
  /** Goes with the tone, for those who do not see colours. */
  icon: Component
  toneLabel: string
  flags: readonly { icon: Component; label: string }[]
  tooltip: string
  /** Neither moved nor resized here. */
  fixed: boolean
  /** Somebody else changed it a moment ago. */
  fresh: boolean
}

/** All that is told of a card when it is pointed at. */
export interface GridFacts {
  title: string
  lines: readonly { label: string; text: string; ltr?: boolean }[]
  flags: readonly { icon: Component; label: string; warns?: boolean }[]
  note: string
  /** What may be done right there, for the pointer; keys and menus have it too. */
  action?: { component: Component; props: Readonly<Record<string, unknown>> }
}

/** The same as one sentence, to be spoken. */
export const factsInWords = ({ title, lines, flags, note }: GridFacts): string =>
  [title, ...lines.map(({ label, text }) => `${label}: ${text}`), ...flags.map(({ label }) => label), note].filter(Boolean).join(', ')

/** Where something is or would be. */
export interface Place extends Span {
  columnId: string
}

/** What a column is called where it stands alone. */
export const columnName = (column: GridColumn | undefined): string => column?.label ?? column?.title ?? ''

export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end
export const within = (span: Span, spans: readonly Span[]): boolean => spans.some((one) => one.start <= span.start && span.end <= one.end)

/** `09:05` of minutes since midnight. */
export const clockText = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
export const spanText = ({ start, end }: Span): string => `${clockText(start)}–${clockText(end)}`
