import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Questions } from '../ask.ts';
import { pinned } from '../cores.ts';
import type { LoadAnswer, LoadOrder, LoadQuestion } from './load-messages.ts';

export type Load = {
  /** Resolves when the order is carried out, rejects with what went wrong. */
  order(order: LoadOrder): Promise<void>;
  stop(): void;
};

/** Starts a process that plays participants. */
export function startLoad(): Load {
  const script = fileURLToPath(new URL('./load-process.ts', import.meta.url));
  const [command = '', ...args] = pinned('load', [process.execPath, '--import', 'tsx', script]);
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const questions = new Questions<LoadQuestion, LoadAnswer>(child);
  return {
    async order(order) {
      const { error } = await questions.ask(order);
      if (error) throw new Error(error);
    },
    stop: () => void child.kill('SIGKILL'),
  };
}
