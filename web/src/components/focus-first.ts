/** Moves the focus here when a screen appears, so that keyboard and screen reader begin where the eye does. */
export function focusFirst(element: HTMLElement): void {
  element.focus({ preventScroll: true });
}
