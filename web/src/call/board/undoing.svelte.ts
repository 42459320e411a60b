import type * as Y from 'yjs';

/** Takes back what one has done oneself, step by step, and does it again; what others did stays. */
export class Undoing {
  readonly #manager: Y.UndoManager;
  #canUndo = $state(false);
  #canRedo = $state(false);

  constructor(manager: Y.UndoManager) {
    this.#manager = manager;
    const look = () => {
      this.#canUndo = manager.canUndo();
      this.#canRedo = manager.canRedo();
    };
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

  /** What is done next is a step of its own. */
  begin(): void {
    this.#manager.stopCapturing();
  }

  undo(): void {
    this.#manager.undo();
  }

  redo(): void {
    this.#manager.redo();
  }
}
