import type { Plugin } from 'vite';

/** A shape of an icon, as Lucide keeps it: an element and its attributes. */
type Shape = [tag: string, attributes: Record<string, string>];

/**
 * Draws Lucide's icons when the app is built. As published, each is put together in the browser, element by element, by code that
 * weighs more than the icons.
 */
export function drawnIcons(): Plugin {
  return {
    name: 'confab:drawn-icons',
    enforce: 'pre',
    transform: {
      filter: { id: /@lucide\/svelte\/dist\/icons\/[^/]+\.svelte$/ },
      handler(code, id) {
        const data = /const iconData = (\{.*\});/.exec(code)?.[1];
        if (data === undefined) this.error(`${id} is not an icon as Lucide publishes them.`);
        const { node, size } = JSON.parse(data) as { node: Shape[]; size: number };
        return { code: component(node.map(markup).join(''), size), map: null };
      },
    },
  };
}

function component(shapes: string, size: number): string {
  return `<script>let { size = ${size}, strokeWidth = 2 } = $props();</script>
<svg viewBox="0 0 ${size} ${size}" width={size} height={size} fill="none" stroke="currentColor" stroke-width={strokeWidth}
  stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shapes}</svg>`;
}

function markup([tag, attributes]: Shape): string {
  const pairs = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
  return `<${tag} ${pairs.join(' ')}/>`;
}
