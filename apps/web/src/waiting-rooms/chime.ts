/** Two soft tones. A browser that was never touched may refuse to make a sound; the screen shows the call all the same. */
export function chime(): void {
  const sound = new AudioContext()
  const volume = sound.createGain()
  volume.connect(sound.destination)
  volume.gain.setValueAtTime(0.15, sound.currentTime)
  volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 1.4)
  for (const [tone, after] of [[659, 0], [523, 0.35]] as const) {
    const voice = sound.createOscillator()
    voice.frequency.value = tone
    voice.connect(volume)
    voice.start(sound.currentTime + after)
    voice.stop(sound.currentTime + 1.4)
  }
  setTimeout(() => void sound.close(), 2_000)
}
