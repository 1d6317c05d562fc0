/**
 * Writes over a part of a text field as if it were typed, so that Ctrl+Z takes it back. The old command is the only one by which
 * a browser lets a page do so.
 */
export function insertText(field: HTMLTextAreaElement, from: number, to: number, words: string): void {
  field.focus()
  field.setSelectionRange(from, to)
  const done = words === '' ? document.execCommand('delete') : document.execCommand('insertText', false, words)
  if (done) return
  field.setRangeText(words, from, to, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
