import { expect, test } from 'vitest';
import { isOwnComputer } from './own-computer.ts';

test.each(['localhost', 'LOCALHOST', 'confab.localhost', '127.0.0.1', '127.1.2.3', '[::1]'])(
  '%s leads every computer to itself',
  (hostname) => expect(isOwnComputer(hostname)).toBe(true),
);

test.each(['192.168.1.20', 'localhost.example.org', 'meet.example.org', '[fd00::1]', '12.127.0.0'])(
  '%s leads elsewhere',
  (hostname) => expect(isOwnComputer(hostname)).toBe(false),
);
