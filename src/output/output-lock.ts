import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from './output-place';

/** The run that holds a lock. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** What it writes, in the words of the command line. */
  readonly purpose: string;
  readonly id: string;
}

/** Synthesis takes seconds. */
const STALE_AFTER_MS = 10 * 60_000;
const POLL_MS = 50;

export interface LockOptions {
  readonly purpose: string;
  /** How long to wait for a run that writes the same. */
  readonly patienceMs: number;
  /** Makes the folder again that another run has taken away with its lock. */
  readonly make: () => void;
  /** A lock this old was left behind, whatever process has its number by now. @default 10 minutes */
  readonly staleAfterMs?: number;
}

/**
 * A lock that holds while this process lives: a file with its process id. The usual libraries tell a living
 * holder by the time of the lock, which a timer renews; synthesis does not let timers run, and would lose it.
 *
 * @returns what gives the lock back, or the run that holds it: at once if that writes something else
 */
export async function lock(
  file: string,
  { purpose, patienceMs, make, staleAfterMs = STALE_AFTER_MS }: LockOptions,
): Promise<{ readonly release: () => void } | { readonly holder: Holder | undefined }> {
  const own: Holder = { pid: process.pid, host: hostname(), purpose, id: randomUUID() };
  const text = JSON.stringify(own);
  const end = Date.now() + patienceMs;
  for (;;) {
    if (created(file, text, make)) return { release: () => removeIfStill(file, text) };
    const found = read(file);
    if (found === undefined) continue;
    const holder = parsed(found.text);
    if (isStale(holder, found.ageMs, staleAfterMs)) removeIfStill(file, found.text);
    else if (holder !== undefined && holder.purpose !== purpose) return { holder };
    else if (Date.now() >= end) return { holder };
    else await sleep(POLL_MS);
  }
}

function created(file: string, text: string, make: () => void): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (codeOf(error) === 'ENOENT') {
      make();
      return false;
    }
    // a full disk has room for its name, and not for what is in it
    if (codeOf(error) === 'ENOSPC') rmSync(file, { force: true });
    throw error;
  }
}

function read(file: string): { readonly text: string; readonly ageMs: number } | undefined {
  try {
    return { text: readFileSync(file, 'utf8'), ageMs: Date.now() - statSync(file).mtimeMs };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Nothing for a lock that is just being written. */
function parsed(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

function isStale(holder: Holder | undefined, ageMs: number, staleAfterMs: number): boolean {
  if (ageMs > staleAfterMs) return true;
  // of another machine nothing but the age can be seen
  if (!holder || holder.host !== hostname()) return false;
  // our own number in a lock that is not ours: containers count from one again
  return holder.pid === process.pid || !isAlive(holder.pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Taken aside first: between looking and removing, another run may have put its own lock there. */
function removeIfStill(file: string, text: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') === text) rmSync(aside);
  else renameSync(aside, file);
}
