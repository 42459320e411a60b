/**
 * Has the focus never fall to nobody: where what had it is taken from the page, by whatever takes it, and nobody passes it on, the heading of
 * the panel or dialog gets it, or of the page. Who has looked elsewhere before is not called back. Returns what ends it.
 */
export function keepFocus(): () => void {
  let held: HTMLElement | null = null;
  let around: Element | null = null;

  const enter = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    held = target;
    around = target.closest('aside, dialog');
  };
  const leave = ({ target }: FocusEvent) => {
    // Some browsers say so also of what is being taken away, which can be told only when it is gone.
    setTimeout(() => {
      if (held === target && held?.isConnected && document.activeElement !== held) held = null;
    });
  };
  const changes = new MutationObserver((records) => {
    if (held === null || document.activeElement !== document.body) return;
    const lost = held;
    const isMoved = () =>
      records.some(({ removedNodes }) => [...removedNodes].some((node) => node.contains(lost)));
    // Whoever has a better place for it comes first.
    if (!lost.isConnected || isMoved()) setTimeout(() => restore(lost));
  });

  function restore(lost: HTMLElement): void {
    if (document.activeElement !== document.body) return;
    const place = around?.isConnected ? around : document;
    const next = lost.isConnected ? lost : place.querySelector<HTMLElement>('h1, h2');
    if (next && next !== lost) next.tabIndex = -1;
    next?.focus({ preventScroll: true });
  }

  document.addEventListener('focusin', enter);
  document.addEventListener('focusout', leave);
  changes.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener('focusin', enter);
    document.removeEventListener('focusout', leave);
    changes.disconnect();
  };
}
