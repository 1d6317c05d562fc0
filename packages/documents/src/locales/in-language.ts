import type { DocumentLanguage } from '@yoman/domain/plans/shown'
import { ar } from './ar.ts'
import { en } from './en.ts'
import { he } from './he.ts'
import { ru } from './ru.ts'
import type { Words } from './words.ts'

/** What a document of money says, in the four languages of patients. */
export const wordsIn: Record<DocumentLanguage, Words> = { he, en, ar, ru }
