import { shallowRef } from 'vue'

/** When a task shall be done that is made from a place of the diary: ISO date and `HH:mm` on the branch's wall. */
export interface TaskDue {
  date: string
  time: string
}

/** The task that is being made about no visit, if there is one. */
export const newTask = shallowRef<TaskDue | null>(null)

export const openNewTask = (due: TaskDue): void => void (newTask.value = due)
export const closeNewTask = (): void => void (newTask.value = null)
