/** Puts the focus of a freshly opened layer on what was asked for (`data-first-focus`) or its first field, not on the ✕. */
export function focusFirstField(event: Event): void {
  if (!(event.target instanceof HTMLElement)) return
  const field =
    event.target.querySelector<HTMLElement>('[data-first-focus]:is(input, textarea, button, select), [data-first-focus] :is(input, textarea, button, select)') ??
    event.target.querySelector<HTMLElement>('form :is(input, textarea):not(:disabled)')
  if (!field) return
  event.preventDefault()
  field.focus()
}
