/** Whether the record has every word of it: then there is nothing to offer. */
export const hasAll = (record: string, draft: string): boolean => record.includes(draft.trim())
