/**
 * For a part that goes by itself, with whoever or whatever it is about: if it had the focus, the heading of its panel or dialog gets it, or
 * of the meeting, instead of nobody. Where the whole panel goes, that is the panel's affair.
 */
export function leaveFocus(part: HTMLElement): () => void {
  const around = part.closest('aside, dialog') ?? document;
  let hasFocus = part.contains(document.activeElement);
  const enter = () => (hasFocus = true);
  // Some browsers say so also of what is being taken away; then it still has it when it is gone.
  const leave = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null) hasFocus = false;
    else setTimeout(() => (hasFocus &&= part.contains(document.activeElement)));
  };
  part.addEventListener('focusin', enter);
  part.addEventListener('focusout', leave);
  return () => {
    if (!hasFocus || document.activeElement !== document.body || !around.isConnected) return;
    const heading = around.querySelector<HTMLElement>('h1, h2');
    if (heading) heading.tabIndex = -1;
    heading?.focus({ preventScroll: true });
  };
}
