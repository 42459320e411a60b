import '@fontsource-variable/figtree/wght.css';
import './styles/tokens.css';
import './styles/page.css';
import { mount } from 'svelte';
import App from './App.svelte';

const target = document.querySelector('#app');
if (target === null) throw new Error('index.html has no #app to draw into.');
mount(App, { target });
