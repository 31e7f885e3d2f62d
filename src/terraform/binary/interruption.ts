import type { ChildProcess } from 'node:child_process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One press of Ctrl-C may arrive several times: by the terminal, by npm, by whatever started the program. */
const SAME_PRESS_MS = 1_000;

/**
 * Passes signals on to the Terraform processes that run, and lets the command wait for them: Terraform then
 * finishes what it is doing and writes its state. A second one makes Terraform give up at once.
 */
export class Interruption {
  private readonly children = new Set<ChildProcess>();
  private last = Number.NEGATIVE_INFINITY;
  private readonly receive = (signal: NodeJS.Signals) => this.passOn(signal);

  constructor(private readonly notice: (signal: NodeJS.Signals) => void = () => undefined) {}

  get interrupted(): boolean {
    return this.last > Number.NEGATIVE_INFINITY;
  }

  /** Listens while something runs. */
  async during<T>(run: () => Promise<T>): Promise<T> {
    for (const signal of SIGNALS) process.on(signal, this.receive);
    try {
      return await run();
    } finally {
      for (const signal of SIGNALS) process.off(signal, this.receive);
    }
  }

  track(child: ChildProcess): void {
    this.children.add(child);
    child.once('close', () => this.children.delete(child));
  }

  private passOn(signal: NodeJS.Signals): void {
    const now = performance.now();
    if (now - this.last < SAME_PRESS_MS) return;
    this.last = now;
    this.notice(signal);
    // Terraform knows no hang-up
    for (const child of this.children) child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  }
}
