/** A moment that was handed in, as the one type PDFKit takes it. The machine's clock is never read here. */
export const pdfTime = (epochMs: number): Date => new Date(epochMs)
