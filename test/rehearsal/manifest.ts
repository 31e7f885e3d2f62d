import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ManifestStack {
  readonly id: string;
  readonly folder: string;
  readonly dependencies: readonly string[];
}

interface ManifestFile {
  readonly stacks: Readonly<
    Record<string, { readonly workingDirectory: string; readonly dependencies?: readonly string[] }>
  >;
}

/** The synthesized stacks of an output folder, each after those that it depends on. */
export function readManifest(folder: string): ManifestStack[] {
  const file = join(folder, 'manifest.json');
  if (!existsSync(file)) throw new Error(`${folder} holds no manifest.json: synthesize the stacks first`);
  const { stacks } = JSON.parse(readFileSync(file, 'utf8')) as ManifestFile;
  const ordered = new Map<string, ManifestStack>();
  const visit = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) throw new Error(`stacks depend on each other: ${[...path, id].join(' -> ')}`);
    if (ordered.has(id)) return;
    const stack = stacks[id];
    if (!stack) throw new Error(`${path.at(-1) ?? file}: depends on ${id}, which the manifest does not have`);
    const dependencies = stack.dependencies ?? [];
    for (const dependency of dependencies) visit(dependency, [...path, id]);
    ordered.set(id, { id, folder: join(folder, stack.workingDirectory), dependencies });
  };
  for (const id of Object.keys(stacks)) visit(id, []);
  return [...ordered.values()];
}

/** The chosen stacks and all that they depend on. */
export function selectStacks(stacks: readonly ManifestStack[], only: readonly string[]): ManifestStack[] {
  if (only.length === 0) return [...stacks];
  const wanted = new Set(only);
  for (const id of only) {
    if (!stacks.some((stack) => stack.id === id)) throw new Error(`there is no stack ${id}`);
  }
  // Dependencies stand before their dependents, so that one pass from the end finds them all.
  for (const stack of [...stacks].reverse()) {
    if (wanted.has(stack.id)) for (const dependency of stack.dependencies) wanted.add(dependency);
  }
  return stacks.filter((stack) => wanted.has(stack.id));
}
