import '@fontsource-variable/figtree/wght.css';
import './styles/tokens.css';
import './styles/page.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { hold, missingStyles } from './loading/files.ts';
import { persist } from './loading/persist.ts';
import { bringWords } from './words/spoken.svelte.ts';

const target = document.querySelector('#app');
if (target === null) throw new Error('index.html has no #app to draw into.');

// Undressed is better than not at all; without words there is nothing to see.
const dressed = Promise.allSettled(missingStyles().map((style) => persist(() => hold(style))));
void Promise.all([bringWords(1), dressed]).then(() => {
  target.replaceChildren();
  mount(App, { target });
});
