import type he from './he.ts'

type Paths<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}` }[keyof T & string]

/** Hebrew is the measure: the compiler wants the same keys in every other language. */
export type Messages = typeof he
/** Every key, as `noun.word`. */
export type Words = Paths<Messages>
