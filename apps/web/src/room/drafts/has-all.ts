import { bothTexts } from '@yoman/domain/encounters/both-texts'

/** Whether the record has every word of it, in one piece or line by line among the words of others: then there is nothing to offer. */
export const hasAll = (record: string, draft: string): boolean => record.includes(draft.trim()) || bothTexts(record, draft.trim()) === record
