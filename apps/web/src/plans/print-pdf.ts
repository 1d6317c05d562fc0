/** Opens the browser's own print dialog on a PDF, without leaving the page. */
export function printPdf(file: Blob): void {
  const url = URL.createObjectURL(file)
  const frame = Object.assign(document.createElement('iframe'), { src: url, title: 'PDF' })
  frame.style.cssText = 'position:fixed;inline-size:1px;block-size:1px;inset-block-end:0;opacity:0;border:0'
  frame.setAttribute('aria-hidden', 'true')
  frame.tabIndex = -1
  frame.addEventListener('load', () => frame.contentWindow?.print())
  document.body.append(frame)
  // The dialog may stay open for as long as somebody thinks about it.
  setTimeout(() => (frame.remove(), URL.revokeObjectURL(url)), 10 * 60_000)
}
