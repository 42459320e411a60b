/** Fetches what is in the layout's menu, at the latest when it is opened. */
export function loadLayoutChoices() {
  return import('./LayoutChoices.svelte');
}
