import '@fontsource-variable/figtree/wght.css';
import './styles/tokens.css';
import './styles/page.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { hold, missingStyles } from './loading/files.ts';
import { persist } from './loading/persist.ts';

const target = document.querySelector('#app');
if (target === null) throw new Error('index.html has no #app to draw into.');

// Undressed is better than not at all.
void Promise.allSettled(missingStyles().map((style) => persist(() => hold(style)))).then(() => {
  target.replaceChildren();
  mount(App, { target });
});
