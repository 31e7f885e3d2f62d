import { dirname, resolve } from 'node:path';
import ts from 'typescript';

/**
 * The text of an environment file with further entries in it, put where a person would put them: into the map of
 * their kind, or into a new one. Its imports are absolute, so that it can stand anywhere.
 *
 * @param entries maps of entries, as text: `databases: { … }, services: { … },`
 * @returns nothing if the file gives no object of its own to `defineEnvironment`
 */
export function addEntries(file: string, source: string, entries: string): string | undefined {
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const settings = settingsIn(parsed);
  if (!settings) return undefined;
  const insertions = [...parsed.statements]
    .filter(ts.isImportDeclaration)
    .map(({ moduleSpecifier }) => ({ at: moduleSpecifier, said: (moduleSpecifier as ts.StringLiteral).text }))
    .filter(({ said }) => said.startsWith('.'))
    .map(({ at, said }) => ({
      from: at.getStart(),
      to: at.getEnd(),
      text: JSON.stringify(resolve(dirname(file), said)),
    }));
  for (const [kind, text] of mapsIn(entries)) {
    const map = propertyOf(settings, kind);
    const from = (map ?? settings).getStart() + 1;
    insertions.push({ from, to: from, text: map ? text : ` ${kind}: {${text}},` });
  }
  return insertions
    .sort((a, b) => b.from - a.from)
    .reduce((text, { from, to, text: more }) => text.slice(0, from) + more + text.slice(to), source);
}

/** What the first call of `defineEnvironment` is given as its second argument. */
function settingsIn(node: ts.Node): ts.ObjectLiteralExpression | undefined {
  if (ts.isCallExpression(node) && node.expression.getText() === 'defineEnvironment') {
    const [, settings] = node.arguments;
    return settings && ts.isObjectLiteralExpression(settings) ? settings : undefined;
  }
  return ts.forEachChild(node, settingsIn);
}

function propertyOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = object.properties.find((one) => one.name?.getText() === name);
  const value = property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
  return value && ts.isObjectLiteralExpression(value) ? value : undefined;
}

/** Each map of the entries by its name, as the text between its braces, with a comma at its end. */
function mapsIn(entries: string): [kind: string, text: string][] {
  const parsed = ts.createSourceFile('entries.ts', `x({}, {${entries}})`, ts.ScriptTarget.Latest, true);
  const [statement] = parsed.statements;
  const call = statement && ts.isExpressionStatement(statement) ? statement.expression : undefined;
  const object = call && ts.isCallExpression(call) ? call.arguments[1] : undefined;
  if (!object || !ts.isObjectLiteralExpression(object)) throw new Error(`no entries: ${entries}`);
  return object.properties.filter(ts.isPropertyAssignment).map(({ name, initializer }) => {
    const text = initializer.getText().slice(1, -1).trim();
    return [name.getText(), ` ${text}${text.endsWith(',') ? '' : ','}`];
  });
}
