import { copyFileSync, linkSync, mkdirSync, renameSync, rmSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lstatIfAny } from './output-place';

/** A file that gets new content, or goes. */
export interface FileChange {
  readonly file: string;
  /** Holds the new content, on the same file system, and becomes the file. @default the file goes */
  readonly draft?: string | undefined;
}

/**
 * Changes all files, or none. What takes room on the disk comes first, while nothing is replaced; if a file
 * refuses to be replaced after all, those before it get back what they held.
 *
 * @param aside an empty folder on the same file system, for what the files held
 * @param move for tests
 */
export function changeFiles(changes: readonly FileChange[], aside: string, move = renameSync): void {
  const undo: (() => void)[] = [];
  try {
    const held = changes.map(({ file }, index) => {
      if (lstatIfAny(file)) return keptAs(join(aside, String(index)), file);
      makeFolder(dirname(file), undo);
      return undefined;
    });
    for (const [index, { file, draft }] of changes.entries()) {
      const old = held[index];
      if (draft === undefined) rmSync(file);
      else move(draft, file);
      undo.push(() => (old === undefined ? rmSync(file) : renameSync(old, file)));
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
}

/** A second name of the file, or where there are none, a copy. */
function keptAs(name: string, file: string): string {
  try {
    linkSync(file, name);
  } catch {
    copyFileSync(file, name);
  }
  return name;
}

function makeFolder(folder: string, undo: (() => void)[]): void {
  if (lstatIfAny(folder)) return;
  makeFolder(dirname(folder), undo);
  mkdirSync(folder);
  undo.push(() => rmdirSync(folder));
}
