import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parseSync, type EcmaScriptModule, type Node } from 'oxc-parser';
import type { SettingProblem } from './problem';

/**
 * Keys that an object literal says twice, in an index of environments and in what it imports from its own
 * folder. JavaScript keeps the last and forgets the others without a word; only the editor would tell.
 *
 * @param index path of the index, absolute
 * @param top the folder that messages name files from
 */
export function duplicateKeys(index: string, top: string): SettingProblem[] {
  const folder = dirname(index) + sep;
  const files = new Set([index]);
  const problems: SettingProblem[] = [];
  // the set grows while it is walked
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const { program, module, errors } = parseSync(file, text);
    // a file that does not parse does not load either, which is told elsewhere
    if (errors.length > 0) continue;
    for (const source of sourcesOf(module)) {
      const found = fileOf(file, source);
      if (found?.startsWith(folder)) files.add(found);
    }
    const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
    for (const { path, first, again } of duplicatesIn(program)) {
      problems.push({
        file: `${relative(top, file)}:${lineOf(again)}`,
        path,
        rule: `be written once, and line ${lineOf(first)} says it too`,
        hideValue: true,
        remedy: 'merge the two: only the last one would count',
      });
    }
  }
  return problems;
}

/** What a module imports, and what it passes on. */
const sourcesOf = ({ staticImports, staticExports }: EcmaScriptModule): string[] => [
  ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
  ...staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
  ),
];

/** As Node.js and TypeScript look for a file. */
function fileOf(importer: string, source: string): string | undefined {
  if (!source.startsWith('.')) return undefined;
  const path = resolve(dirname(importer), source);
  return [path, `${path}.ts`, path.replace(/\.js$/, '.ts'), join(path, 'index.ts')].find(
    (one) => one.endsWith('.ts') && existsSync(one),
  );
}

interface Duplicate {
  readonly path: readonly string[];
  readonly first: number;
  readonly again: number;
}

function duplicatesIn(node: unknown, path: readonly string[] = []): Duplicate[] {
  if (Array.isArray(node)) return node.flatMap((one) => duplicatesIn(one, path));
  if (!isNode(node)) return [];
  if (node.type === 'ArrayExpression')
    return node.elements.flatMap((one, index) => duplicatesIn(one, [...path, String(index)]));
  if (node.type !== 'ObjectExpression')
    return Object.values(node).flatMap((inner: unknown) => duplicatesIn(inner, path));
  const seen = new Map<string, number>();
  return node.properties.flatMap((property): Duplicate[] => {
    const key = property.type === 'Property' && property.kind === 'init' ? keyOf(property) : undefined;
    if (property.type !== 'Property' || key === undefined) return duplicatesIn(property, path);
    const at = [...path, key];
    const first = seen.get(key);
    seen.set(key, first ?? property.start);
    const inside = duplicatesIn(property.value, at);
    return first === undefined ? inside : [{ path: at, first, again: property.start }, ...inside];
  });
}

/** What a key says, in quotes or without; nothing where it is computed. */
function keyOf({ key, computed }: { readonly key: Node; readonly computed: boolean }): string | undefined {
  if (key.type === 'Literal') return String(key.value);
  return key.type === 'Identifier' && !computed ? key.name : undefined;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value;
