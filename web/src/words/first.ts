import { markPage, preferredLanguage } from './language-choice.ts';
import type { Language } from './languages.ts';
import { wordFile } from './word-files.ts';

/** What index.html says in English until the app is there. */
const loading: Record<Exclude<Language, 'en'>, string> = {
  de: 'Confab wird noch geladen. Wenn nichts geschieht, laden Sie die Seite neu.',
  es: 'Confab todavía se está cargando. Si no ocurre nada, vuelva a cargar la página.',
  fr: 'Confab est encore en cours de chargement. Si rien ne se passe, rechargez la page.',
  'zh-Hans': 'Confab 仍在加载。如果没有反应，请重新加载此页面。',
  ar: 'ما زال Confab قيد التحميل. إذا لم يحدث شيء، فأعد تحميل الصفحة.',
};

const language = preferredLanguage();
markPage(language);
// The words that the page begins with (build/word-parts.ts), beside the app itself and not after it.
const parts = location.pathname.startsWith('/m/') ? [0, 1] : [0];
for (const part of parts) {
  const link = document.createElement('link');
  link.rel = 'preload';
  link.as = 'fetch';
  link.crossOrigin = 'anonymous';
  link.href = wordFile(language, part);
  document.head.append(link);
}
document.addEventListener(
  'readystatechange',
  () => {
    const text = document.querySelector('.unloaded');
    if (text !== null && language !== 'en') text.textContent = loading[language];
  },
  { once: true },
);
