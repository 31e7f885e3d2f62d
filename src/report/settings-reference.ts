import type { SettingSchema, SettingsSchemas } from './settings-schema';

/** A setting, on a line. */
export interface SettingRow {
  /** Such as `databases.<name>.readers`. */
  readonly path: string;
  readonly values: string;
  readonly isRequired: boolean;
  /** What the comment above it says; nothing where there is none. */
  readonly meaning: string | undefined;
}

/** Every setting below a schema, parents first. */
export function settingRows(schema: SettingSchema, path = ''): SettingRow[] {
  const forms = formsOf(schema);
  // what one form says and another does not is a choice
  const inAll = (name: string) => forms.every(({ properties }) => !properties || name in properties);
  const below = forms.flatMap((form) => {
    const { properties = {}, additionalProperties: entries, items, required = [] } = form;
    const named = Object.entries(properties).flatMap(([name, property]) => {
      const own = path === '' ? name : `${path}.${name}`;
      const row = {
        path: own,
        values: valuesOf(property),
        isRequired: required.includes(name) && inAll(name),
        meaning: property.description,
      };
      return [row, ...settingRows(property, own)];
    });
    const each = typeof entries === 'object' ? settingRows(entries, `${path}.<${keysOf(form)}>`) : [];
    const inList = items ? settingRows(items, `${path}.<n>`) : [];
    return [...named, ...each, ...inList];
  });
  return merged(below);
}

/** Several forms of one entry say most settings alike: a setting is one line, unless forms differ in it. */
function merged(rows: readonly SettingRow[]): SettingRow[] {
  const seen = new Map(rows.map((row) => [JSON.stringify([row.path, row.values, row.meaning]), row]));
  return [...seen.values()];
}

/** What a setting may be, each of several forms by itself. */
export const formsOf = (schema: SettingSchema): readonly SettingSchema[] => {
  const forms = schema.anyOf ?? schema.oneOf;
  return forms ? forms.flatMap(formsOf) : [schema];
};

/** What may be written, in words. */
function valuesOf(schema: SettingSchema): string {
  const forms = formsOf(schema);
  if (forms.length > 1) return [...new Set(forms.map(valuesOf))].join(' or ');
  const [form = schema] = forms;
  if (form.const !== undefined) return code(form.const);
  if (form.enum) return form.enum.map(code).join(', ');
  if (form.properties) return 'settings';
  if (form.items) return `list of ${valuesOf(form.items)}`;
  if (typeof form.additionalProperties === 'object') {
    return form.additionalProperties.properties || formsOf(form.additionalProperties).length > 1
      ? `settings by ${keysOf(form)}`
      : `${valuesOf(form.additionalProperties)} by ${keysOf(form)}`;
  }
  if (form.type === 'boolean') return '`true`, `false`';
  if (form.type === 'integer' || form.type === 'number') return numberOf(form);
  return form.format === 'email' ? 'mail address' : 'text';
}

const keysOf = ({ propertyNames }: SettingSchema) => (propertyNames?.enum ? 'region' : 'name');

function numberOf({ type, minimum, exclusiveMinimum, maximum }: SettingSchema): string {
  const kind = type === 'integer' ? 'whole number' : 'number';
  if (exclusiveMinimum !== undefined)
    return maximum === undefined
      ? `${kind} above ${exclusiveMinimum}`
      : `${kind} above ${exclusiveMinimum}, up to ${maximum}`;
  // without bounds of its own a whole number has those of JavaScript
  const isBounded = minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  if (!isBounded) return kind;
  return `${minimum} to ${maximum}`;
}

const code = (value: unknown) => `\`${JSON.stringify(value).replaceAll('"', "'")}\``;

/** The page on all settings, in Markdown: one table for each thing that an environment can say. */
export function settingsReference({ environment, shared }: SettingsSchemas): string {
  return [
    '# Settings',
    '',
    'Every setting that a file in `environments` can say. `make docs` writes this page out of the schemas and the',
    'comments beside them, which editors show too; [`settings.schema.json`](settings.schema.json) is the same for machines.',
    "An entry of a map is merged with its blueprint's, a list replaces, `null` takes an entry out. `make settings ENV=prod`",
    'prints what comes of it.',
    '',
    ...chapters(environment, 'An environment', ''),
    ...chapters(shared, 'Shared by all environments', 'shared.'),
  ].join('\n');
}

/** Lone settings together, then a chapter for each that has some below it. */
function chapters(schema: SettingSchema, title: string, prefix: string): string[] {
  const rows = settingRows(schema);
  const groups = new Map<string, SettingRow[]>();
  for (const row of rows) {
    const [first = ''] = row.path.split('.');
    groups.set(first, [...(groups.get(first) ?? []), row]);
  }
  const lone = [...groups.values()].flatMap((group) => (group.length === 1 ? group : []));
  const large = [...groups].filter(([, group]) => group.length > 1);
  return [
    `## ${title}`,
    '',
    ...table(lone, prefix),
    ...large.flatMap(([name, group]) => [
      `### ${prefix}${name}`,
      '',
      ...tablesOf(schema.properties?.[name], name, group, prefix),
    ]),
  ];
}

/** One table, or one for each kind of entry where a setting says which of several it is, as `engine` does. */
function tablesOf(
  schema: SettingSchema | undefined,
  name: string,
  rows: readonly SettingRow[],
  prefix: string,
): string[] {
  const entries = schema?.additionalProperties;
  const kinds =
    typeof entries === 'object' ? formsOf(entries).map((form) => ({ form, kind: kindOf(form) })) : [];
  if (kinds.length < 2 || kinds.some(({ kind }) => kind === undefined)) return table(rows, prefix);
  return [
    ...table(rows.slice(0, 1), prefix),
    ...kinds.flatMap(({ form, kind = '' }) => [
      `#### ${prefix}${name}, ${kind}`,
      '',
      ...table(settingRows(form, `${name}.<name>`), prefix),
    ]),
  ];
}

/** Such as engine `'mysql'`, where that is the one value that a setting can have. */
function kindOf({ properties = {} }: SettingSchema): string | undefined {
  const [name, schema] = Object.entries(properties).find(([, one]) => one.const !== undefined) ?? [];
  return name === undefined ? undefined : `${name} ${code(schema?.const)}`;
}

function table(rows: readonly SettingRow[], prefix: string): string[] {
  const lines = rows.map(({ path, values, isRequired, meaning = '' }) => {
    const cells = [`\`${prefix}${path}\`${isRequired ? ' (required)' : ''}`, values, meaning];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return ['| setting | values | meaning |', '| --- | --- | --- |', ...lines, ''];
}
