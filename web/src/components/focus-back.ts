/**
 * For a panel beside the tiles: when it closes and had the focus, the toolbar's button that stands for it gets it, which may be another
 * one than what opened it; where that is put away, the one it is behind.
 */
export function focusBack(panel: HTMLElement): () => void {
  const opened = document.querySelectorAll<HTMLElement>('[role="toolbar"] [aria-expanded="true"]');
  // A picker that is open as well stands before the panels' buttons.
  const button = [...opened].at(-1);
  return () => {
    const { activeElement } = document;
    if (activeElement !== document.body && !panel.contains(activeElement)) return;
    // The last that opens something is More, which is always there.
    const shown = button?.checkVisibility()
      ? button
      : [...document.querySelectorAll<HTMLElement>('[role="toolbar"] [aria-expanded]')].at(-1);
    shown?.focus();
  };
}
