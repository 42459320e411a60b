import type { ChildProcess } from 'node:child_process';

type Numbered = { id: number };

/**
 * Asks a child process questions over its IPC channel and matches the answers by number. A question fails when the process
 * ends before it has answered.
 */
export class Questions<Question extends Numbered, Answer extends Numbered> {
  private readonly child: ChildProcess;
  private readonly open = new Map<
    number,
    { resolve: (answer: Answer) => void; reject: (reason: Error) => void }
  >();
  private last = 0;

  constructor(child: ChildProcess) {
    this.child = child;
    child.on('message', (answer) => {
      const { id } = answer as Answer;
      this.open.get(id)?.resolve(answer as Answer);
      this.open.delete(id);
    });
    child.once('exit', (code) => {
      for (const { reject } of this.open.values()) {
        reject(
          new Error(`The measured process ended with code ${String(code)} before it answered.`),
        );
      }
      this.open.clear();
    });
  }

  ask(question: Omit<Question, 'id'>): Promise<Answer> {
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      this.open.set(id, { resolve, reject });
      this.child.send({ ...question, id }, (error) => {
        if (error) reject(error);
      });
    });
  }
}
