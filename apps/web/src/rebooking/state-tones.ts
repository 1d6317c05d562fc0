/** How a visit on the rebooking list shows what became of it. */
export const stateTones = { waiting: 'warning', moved: 'success', cancelled: 'neutral', left: 'info', past: 'neutral' } as const
