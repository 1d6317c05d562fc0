import type { PDFDocumentProxy } from 'pdfjs-dist'
import workerAddress from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import type { View } from './view.ts'

/** A PDF that was opened; close it when it is not on screen any more. Pages count from 1. */
export interface OpenPdf {
  pages: number
  /** In points, turned as asked. */
  size(page: number, turn: View['turn']): Promise<{ width: number; height: number }>
  /** Draws a page as wide as this many pixels of the screen's own. */
  draw(page: number, canvas: HTMLCanvasElement, width: number, turn: View['turn']): Promise<void>
  /** What is written on a page, as far as it is written and not scanned. */
  words(page: number): Promise<string>
  close(): void
}

/** Reads a PDF. The reader is fetched when the first one is opened. Rejects where it is damaged or has a password. */
export async function openPdf(file: Blob): Promise<OpenPdf> {
  const { getDocument, GlobalWorkerOptions } = await import('pdfjs-dist')
  GlobalWorkerOptions.workerSrc = workerAddress
  // No `eval`: the page's own policy forbids it, and a stranger's font shall not become a program.
  const task = getDocument({ data: await file.arrayBuffer(), isEvalSupported: false, enableXfa: false })
  const document = await task.promise
  const viewportOf = async (number: number, turn: View['turn'], scale = 1) => {
    const page = await document.getPage(number)
    return { page, viewport: page.getViewport({ scale, rotation: (page.rotate + turn) % 360 }) }
  }
  return {
    pages: document.numPages,
    size: async (number, turn) => (await viewportOf(number, turn)).viewport,
    draw: async (number, canvas, width, turn) => {
      const { viewport: plain } = await viewportOf(number, turn)
      const { page, viewport } = await viewportOf(number, turn, width / plain.width)
      canvas.width = Math.floor(viewport.width)
      canvas.height = Math.floor(viewport.height)
      await page.render({ canvas, viewport }).promise
    },
    words: (number) => wordsOf(document, number),
    close: () => void task.destroy(),
  }
}

async function wordsOf(document: PDFDocumentProxy, number: number): Promise<string> {
  const { items } = await (await document.getPage(number)).getTextContent()
  return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : '')).join('')
}
