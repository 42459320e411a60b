import type * as Y from 'yjs';
import type { Step } from './shared-step.ts';

/** Takes back what one has done oneself, step by step, and does it again; what others did stays. */
export class Undoing {
  readonly #manager: Y.UndoManager;
  readonly #isShared: (step: Step) => boolean;
  readonly #look: () => void;
  #canUndo = $state(false);
  #canRedo = $state(false);
  #hasLeft = $state(false);

  /** `isShared`: whether to undo a step would take away what others did. */
  constructor(manager: Y.UndoManager, isShared: (step: Step) => boolean = () => false) {
    this.#manager = manager;
    this.#isShared = isShared;
    const look = () => {
      this.#canUndo = manager.canUndo();
      this.#canRedo = manager.canRedo();
    };
    this.#look = look;
    manager.on('stack-item-added', look);
    manager.on('stack-item-popped', look);
    manager.on('stack-cleared', look);
  }

  get canUndo(): boolean {
    return this.#canUndo;
  }

  get canRedo(): boolean {
    return this.#canRedo;
  }

  /** Whether the last step was left as it is, because others have a part in it by now. */
  get hasLeft(): boolean {
    return this.#hasLeft;
  }

  /** What is done next is a step of its own. */
  begin(): void {
    this.#hasLeft = false;
    this.#manager.stopCapturing();
  }

  undo(): void {
    const step = this.#manager.undoStack.at(-1);
    this.#hasLeft = step !== undefined && this.#isShared(step);
    if (!this.#hasLeft) {
      this.#manager.undo();
      return;
    }
    this.#manager.undoStack.pop();
    this.#look();
  }

  redo(): void {
    this.#hasLeft = false;
    this.#manager.redo();
  }
}
