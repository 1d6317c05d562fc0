import { onBeforeUnmount, onMounted } from 'vue'

/** The browser asks before the window is closed or reloaded while something typed is nowhere but in it. For use in a component's setup. */
export function guardLeaving(unsaved: () => boolean): void {
  const onLeave = (event: BeforeUnloadEvent): void => {
    if (unsaved()) event.preventDefault()
  }
  onMounted(() => addEventListener('beforeunload', onLeave))
  onBeforeUnmount(() => removeEventListener('beforeunload', onLeave))
}
