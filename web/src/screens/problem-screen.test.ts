import { mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Problem } from '../call/problems.ts';
import ProblemScreen from './ProblemScreen.svelte';

const link = 'http://meet.example/m/AAAAAAAAAAAAAAAAAAAAAA#secret';
const assign = vi.fn<(address: string | URL) => void>();
let shown: object | undefined;

beforeEach(() => {
  document.body.replaceChildren();
  assign.mockClear();
  vi.spyOn(location, 'assign').mockImplementation(assign);
});
afterEach(async () => {
  if (shown) await unmount(shown);
  vi.restoreAllMocks();
});

function show(problem: Problem, props: { onretry?: () => void; link?: string } = {}) {
  shown = mount(ProblemScreen, { target: document.body, props: { problem, link, ...props } });
}

function ways(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('main button')];
}

const words = () => ways().map((way) => way.textContent.trim());

function take(name: string) {
  ways()
    .find((way) => way.textContent.trim() === name)
    ?.click();
}

it.each<[Problem, string[]]>([
  ['insecure', ['Open it with https', 'To the start page']],
  ['unsupported', ['To the start page']],
  ['no-secret', ['Join']],
  ['not-found', ['New meeting']],
  ['ended', ['New meeting']],
  ['full', ['Try again', 'New meeting']],
  ['locked', ['Try again']],
  ['denied', ['To the start page', 'Ask again']],
  ['revoked', ['To the start page', 'Join without it']],
  ['removed', ['To the start page', 'Try again']],
  ['seat-gone', ['Rejoin']],
  ['busy', ['Try again']],
  ['restarting', ['Try again']],
  ['fault', ['Try again']],
  ['outdated', ['Load again']],
  ['forbidden', ['To the start page', 'Try again']],
  ['wrong-origin', ['To the start page', 'Try again']],
  ['unreachable', ['Try again']],
])('%s: the ways on are %j', (problem, expected) => {
  const onretry = vi.fn();
  show(problem, { onretry });
  expect(words()).toEqual(expected);
  take('To the start page');
  const leadsHome = expected.includes('To the start page');
  expect(assign.mock.calls).toEqual(leadsHome ? [['/']] : []);
  take('Try again');
  expect(onretry).toHaveBeenCalledTimes(expected.includes('Try again') ? 1 : 0);
});

it('a page that came without encryption leads to the same meeting with it', () => {
  show('insecure');
  take('Open it with https');
  expect(assign).toHaveBeenCalledWith(link.replace('http:', 'https:'));
});

it('unless it is served at a port of its own, where nothing encrypted is', () => {
  show('insecure', { link: link.replace('.example', '.example:3000') });
  expect(words()).toEqual(['To the start page']);
});

it('the link for another browser can be taken along', () => {
  show('unsupported');
  const field = document.querySelector('input');
  field?.focus();
  expect([field?.value, field?.selectionEnd]).toEqual([link, link.length]);
});
