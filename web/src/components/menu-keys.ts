const steps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** The keyboard in a menu: arrow keys from one item to the next, Home and End, and Escape, which closes the menu alone and not what it is in. */
export function menuKeys(onclose: () => void) {
  return (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
    const step = steps[event.key];
    const at = items.findIndex((item) => item === document.activeElement);
    if (event.key === 'Escape') {
      event.stopPropagation();
      onclose();
    } else if (event.key === 'Home') items[0]?.focus();
    else if (event.key === 'End') items.at(-1)?.focus();
    else if (step !== undefined) items.at((at + step) % items.length)?.focus();
    else return;
    event.preventDefault();
  };
}
