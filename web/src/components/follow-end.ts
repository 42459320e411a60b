import type { Attachment } from 'svelte/attachments';

/** Pixels from the end that still count as being there. */
const NEAR = 48;

/**
 * Keeps a scrolled element at its end while its content or itself changes size, unless somebody has scrolled away; tells `onAway` when
 * that changes. Its first child is the content.
 */
export function followsEnd(onAway: (isAway: boolean) => void): Attachment<HTMLElement> {
  return (element) => {
    let isAway = false;
    const toEnd = () => (element.scrollTop = element.scrollHeight);
    let top = 0;
    const onScroll = () => {
      // The way to the end is told late: by then there may be more, and nobody has scrolled away from it.
      const isUpward = element.scrollTop < top;
      top = element.scrollTop;
      const isFar = element.scrollHeight - element.clientHeight - top > NEAR;
      const now = isFar && (isAway || isUpward);
      if (now !== isAway) onAway(now);
      isAway = now;
    };
    const sizes = new ResizeObserver(() => {
      if (!isAway) toEnd();
    });
    sizes.observe(element);
    if (element.firstElementChild) sizes.observe(element.firstElementChild);
    element.addEventListener('scroll', onScroll, { passive: true });
    toEnd();
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  };
}
