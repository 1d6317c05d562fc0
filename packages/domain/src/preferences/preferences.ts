export const densities = ['compact', 'normal', 'roomy'] as const
export const textSizes = ['normal', 'large', 'largest'] as const
export const diaryViews = ['day', 'week', 'weeks', 'month', 'list'] as const
export type Density = (typeof densities)[number]
export type TextSize = (typeof textSizes)[number]
export type DiaryView = (typeof diaryViews)[number]

/** Ids of resources: the order in which they stand, and those that are not shown. */
export interface DiaryColumns {
  order: string[]
  hidden: string[]
}

/** How a person's screens look, on whichever computer. */
export interface Preferences {
  density: Density
  textSize: TextSize
  diary: { view?: DiaryView; columns: Record<string, DiaryColumns> }
}

export interface PreferencesChange {
  density?: Density
  textSize?: TextSize
  diary?: { view?: DiaryView; columns?: Record<string, DiaryColumns> }
}

export const defaultPreferences: Preferences = { density: 'normal', textSize: 'normal', diary: { columns: {} } }

/** What is left out of the change stays as it is; the columns of a branch that is named are replaced as a whole. */
export function changed(now: Preferences, change: PreferencesChange): Preferences {
  const { density = now.density, textSize = now.textSize, diary = {} } = change
  return { density, textSize, diary: { ...now.diary, ...diary, columns: { ...now.diary.columns, ...diary.columns } } }
}
