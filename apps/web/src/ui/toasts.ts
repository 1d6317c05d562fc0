import { shallowRef } from 'vue'

export interface Toast {
  id: number
  text: string
  detail?: string | undefined
  tone: 'done' | 'problem'
  undo?: (() => void) | undefined
  action?: ToastAction | undefined
}

/** What may well come next: a button beside the undo. */
export interface ToastAction {
  label: string
  run: () => void
}

const staySeconds = 8
let lastId = 0
export const toasts = shallowRef<Toast[]>([])
const timers = new Map<number, ReturnType<typeof setTimeout>>()

/** Shows a message for eight seconds, longer while it is pointed at; `undo` adds the button and serves Ctrl+Z, `action` another one. */
export function toast(text: string, more: { detail?: string | undefined; tone?: Toast['tone']; undo?: () => void; action?: ToastAction | undefined } = {}): number {
  lastId += 1
  toasts.value = [...toasts.value.slice(-2), { id: lastId, text, detail: more.detail, tone: more.tone ?? 'done', undo: more.undo, action: more.action }]
  resumeToast(lastId)
  return lastId
}

export function dismissToast(id: number): void {
  pauseToast(id)
  toasts.value = toasts.value.filter((one) => one.id !== id)
}

export function pauseToast(id: number): void {
  clearTimeout(timers.get(id))
  timers.delete(id)
}

export function resumeToast(id: number): void {
  pauseToast(id)
  timers.set(
    id,
    setTimeout(() => dismissToast(id), staySeconds * 1000),
  )
}

/** Undoes the newest message that can be undone; false when there is none. */
export function undoLast(): boolean {
  const last = toasts.value.findLast((one) => one.undo)
  if (!last) return false
  dismissToast(last.id)
  last.undo?.()
  return true
}

export function clearToasts(): void {
  for (const { id } of toasts.value) pauseToast(id)
  toasts.value = []
}
