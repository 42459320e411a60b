import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadModule } from './load-module.ts';

/** How the server answers each request for a file, in order; from then on with 200. */
let answers: Record<string, (number | 'aborted')[]>;
let asked: string[];
let preloaded: string[];
let isOnline: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  answers = {};
  asked = [];
  preloaded = [];
  isOnline = true;
  vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => isOnline);
  const answer = (href: string) => {
    const name = new URL(href).pathname.slice(1);
    asked.push(name);
    return answers[name]?.shift() ?? 200;
  };
  vi.stubGlobal('fetch', (href: string) => {
    const status = answer(href);
    return status === 'aborted'
      ? Promise.reject(new TypeError('Failed to fetch'))
      : Promise.resolve(new Response('', { status }));
  });
  vi.spyOn(document.head, 'append').mockImplementation((link) => {
    if (!(link instanceof HTMLLinkElement)) throw new Error('Only links are appended here.');
    if (link.rel === 'modulepreload') preloaded.push(new URL(link.href).pathname.slice(1));
    else link.dispatchEvent(new Event(answer(link.href) === 200 ? 'load' : 'error'));
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Names of its own for each test: what one has loaded the others find there. */
let files = 0;
const newFile = (kind: 'js' | 'css') => `assets/file-${++files}.${kind}`;
const module = () => Promise.resolve('the module');

test('a script and a stylesheet that failed are fetched again, and the module is imported once all is there', async () => {
  const [script, style] = [newFile('js'), newFile('css')];
  answers = { [script]: ['aborted', 503], [style]: ['aborted'] };
  const load = vi.fn(module);
  const loading = loadModule(load, [script, style]);
  await vi.advanceTimersByTimeAsync(300);
  expect(load).not.toHaveBeenCalled();
  await vi.runAllTimersAsync();
  expect(await loading).toBe('the module');
  expect(asked).toEqual([script, style, script, style, script]);
});

test('scripts that are all here are read beside one another before the import asks for them', async () => {
  const [one, other, style] = [newFile('js'), newFile('js'), newFile('css')];
  answers = { [other]: ['aborted'] };
  const load = vi.fn(module).mockImplementation(() => {
    expect(preloaded).toEqual([one, other]);
    return module();
  });
  const loading = loadModule(load, [one, other, style]);
  await vi.advanceTimersByTimeAsync(0);
  expect(preloaded).toEqual([]);
  await vi.runAllTimersAsync();
  expect(await loading).toBe('the module');
});

test('what is here is not fetched again, whoever wants it', async () => {
  const [script, style] = [newFile('js'), newFile('css')];
  await Promise.all([loadModule(module, [script, style]), loadModule(module, [script])]);
  await loadModule(module, [style, script]);
  expect(asked).toEqual([script, style]);
});

test('each file is asked for in a task of its own once there is a screen, where the browser can be asked for one', async () => {
  await loadModule(module);
  const tasks: (() => void)[] = [];
  const yields = () => new Promise<void>((resolve) => tasks.push(resolve));
  vi.stubGlobal('scheduler', { yield: yields });
  const needed = [newFile('js'), newFile('js'), newFile('js')];
  const loading = loadModule(module, needed);
  for (const count of [1, 2, 3]) {
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual(needed.slice(0, count));
    tasks.pop()?.();
  }
  expect(await loading).toBe('the module');
});

test('a try begins as soon as the network is back, and not before where there is none', async () => {
  const script = newFile('js');
  answers = { [script]: ['aborted', 'aborted'] };
  isOnline = false;
  const loading = loadModule(module, [script]);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(asked).toHaveLength(1);
  dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toHaveLength(2);
  await vi.runAllTimersAsync();
  expect(await loading).toBe('the module');
});

test('after five tries the failure is told, and the next call begins anew', async () => {
  const script = newFile('js');
  answers = { [script]: Array<'aborted'>(5).fill('aborted') };
  const failure = expect(loadModule(module, [script])).rejects.toThrow('Failed to fetch');
  await vi.runAllTimersAsync();
  await failure;
  expect(asked).toHaveLength(5);
  expect(await loadModule(module, [script])).toBe('the module');
});

test('what the server does not have is told at once', async () => {
  const script = newFile('js');
  answers = { [script]: [404] };
  await expect(loadModule(module, [script])).rejects.toThrow(script);
  expect(asked).toHaveLength(1);
});

test('an import that fails though its script was here has the script fetched again, and not the stylesheet', async () => {
  const [script, style] = [newFile('js'), newFile('css')];
  const load = vi.fn(module).mockRejectedValueOnce(new TypeError('evicted'));
  const loading = loadModule(load, [script, style]);
  await vi.runAllTimersAsync();
  expect(await loading).toBe('the module');
  expect(asked).toEqual([script, style, script]);
});
