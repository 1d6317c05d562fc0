/** What was typed without the blanks around it; null where nothing was. */
export const emptyAsNull = (typed: string): string | null => (typed.trim() === '' ? null : typed.trim())
