export const statusTone = { uploaded: 'neutral', checking: 'info', checked: 'primary', running: 'info', done: 'success', failed: 'danger' } as const
export const verdictTone = { new: 'success', same: 'neutral', duplicate: 'warning', error: 'danger' } as const
