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
    /** Where the end was when it was last gone to. */
    let end = 0;
    const toEnd = () => {
      element.scrollTop = element.scrollHeight;
      end = element.scrollTop;
    };
    const onScroll = () => {
      const top = element.scrollTop;
      const isFar = element.scrollHeight - element.clientHeight - top > NEAR;
      // Scrolling is told late: by then there may be more, or what is below may have given up a line, and nobody has scrolled away.
      const now = isFar && (isAway || top < end - NEAR);
      if (!isFar) end = top;
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
