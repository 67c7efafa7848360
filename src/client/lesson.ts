/**
 * On the page behind an exercise's link: whoever moves, types or scrolls is a person, which a mail scanner that opens every link is not. The same
 * is said by the page's button; this only says it sooner.
 */
const form = document.querySelector<HTMLFormElement>('[data-person]')
const gestures = ['pointerdown', 'keydown', 'touchstart', 'wheel'] as const

function aPerson(event: Event): void {
  if (!form || !event.isTrusted) return
  for (const gesture of gestures) removeEventListener(gesture, aPerson)
  void fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>), keepalive: true })
}

if (form) for (const gesture of gestures) addEventListener(gesture, aPerson, { passive: true })
