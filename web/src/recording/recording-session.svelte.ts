import { holdRecording } from './hold-recording.ts';
import { PictureSources } from './picture-sources.ts';
import type { RecordedCall } from './recorder-call.ts';
import type { RecorderFault, RecorderReport } from './recorder-messages.ts';
import { newName } from './recording-store.ts';
import { sceneOf } from './scene.ts';
import type { SoundMix } from './sound-mix.ts';
import { type RecorderWorker, startWorker } from './start-worker.ts';

/** What a session tells: that it records, how far it is, and, once, that it is over; `fault` where it was not to be. */
export type SessionEvents = {
  onBegun: () => void;
  onProgress: (seconds: number, isSilent: boolean) => void;
  onOver: (fault: RecorderFault | null) => void;
};

/** One recording while it is made: brings the worker what is to be seen and heard, as people come, go, agree and share. */
export class RecordingSession {
  readonly #worker: RecorderWorker;
  readonly #pictures: PictureSources;
  readonly #mix: SoundMix;
  readonly #events: SessionEvents;
  readonly #release: () => void;
  readonly #stopWatching: () => void;
  #isOver = false;

  /** `recording` is the id that people agree to; `nameless` stands for a name that cannot be read. */
  constructor(
    call: RecordedCall,
    { recording, nameless }: { recording: string; nameless: string },
    mix: SoundMix,
    events: SessionEvents,
  ) {
    const name = newName(Date.now());
    this.#mix = mix;
    this.#events = events;
    this.#release = holdRecording(name);
    this.#worker = startWorker((report) => this.#hear(report));
    this.#pictures = new PictureSources((...order) => this.#worker.send(...order));
    const { port1: from, port2: sound } = new MessageChannel();
    mix.sendTo(from).catch(() => this.#over('encoder'));
    this.#worker.send({ what: 'record', name, sound, asks: this.#pictures.areAsked }, [sound]);
    this.#stopWatching = $effect.root(() => {
      $effect(() => {
        const { tiles, pictures, sounds } = sceneOf(
          call.participants.values(),
          recording,
          nameless,
        );
        this.#pictures.show(pictures);
        mix.hear(sounds);
        this.#worker.send({ what: 'scene', tiles });
      });
    });
  }

  /** Has the file made whole. `onOver` hears when it is. */
  stop(): void {
    if (!this.#isOver) this.#worker.send({ what: 'stop' });
  }

  #hear(report: RecorderReport): void {
    if (report.what === 'begun') this.#events.onBegun();
    else if (report.what === 'due') this.#pictures.give();
    else if (report.what === 'progress') {
      this.#events.onProgress(report.seconds, report.isSilent);
    } else this.#over(report.what === 'failed' ? report.fault : null);
  }

  #over(fault: RecorderFault | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stopWatching();
    this.#pictures.close();
    this.#mix.close();
    this.#worker.close();
    this.#release();
    this.#events.onOver(fault);
  }
}
