import type { PDFDocumentProxy } from 'pdfjs-dist'
import workerAddress from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

/** A PDF that was opened; close it when it is not on screen any more. */
export interface OpenPdf {
  pages: number
  /** Draws one page, from 1 up, as wide as this many pixels of the screen's own. */
  draw(page: number, canvas: HTMLCanvasElement, width: number): Promise<void>
  close(): void
}

/** Reads a PDF. The reader is fetched when the first one is opened. Rejects where it is damaged or has a password. */
export async function openPdf(file: Blob): Promise<OpenPdf> {
  const { getDocument, GlobalWorkerOptions } = await import('pdfjs-dist')
  GlobalWorkerOptions.workerSrc = workerAddress
  // No `eval`: the page's own policy forbids it, and a stranger's font shall not become a program.
  const task = getDocument({ data: await file.arrayBuffer(), isEvalSupported: false, disableFontFace: false, enableXfa: false })
  const document = await task.promise
  return { pages: document.numPages, draw: (page, canvas, width) => drawPage(document, page, canvas, width), close: () => void task.destroy() }
}

async function drawPage(document: PDFDocumentProxy, number: number, canvas: HTMLCanvasElement, width: number): Promise<void> {
  const page = await document.getPage(number)
  const viewport = page.getViewport({ scale: width / page.getViewport({ scale: 1 }).width })
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  await page.render({ canvas, viewport }).promise
}
