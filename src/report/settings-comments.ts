import { resolve } from 'node:path';
import ts from 'typescript';
import { PROJECT_FOLDER } from '../config/load';

/** What the comment above a setting says. */
export interface SettingComment {
  readonly text: string;
  /** What `@default` says. */
  readonly default?: string;
}

/** Comments of one kind of settings. Looked for only where a schema has led, so that it ends. */
export class SettingComments {
  private constructor(
    private readonly checker: ts.TypeChecker,
    private readonly types: readonly ts.Type[],
    private readonly declaration: ts.Node,
    readonly comment: SettingComment | undefined,
  ) {}

  /**
   * They are read through the compiler, from the type that editors complete: so what is found here is what
   * somebody sees who points at a setting in an environment file.
   * @param name a type that `src/config/schema.ts` exports
   */
  static of(...names: readonly string[]): SettingComments[] {
    const file = resolve(PROJECT_FOLDER, 'src/config/schema.ts');
    const program = ts.createProgram([file], compilerOptions());
    const checker = program.getTypeChecker();
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (!module) throw new Error(`${file} is no module`);
    const exported = checker.getExportsOfModule(module);
    return names.map((name) => {
      const symbol = exported.find((one) => one.name === name);
      if (!symbol) throw new Error(`${file} exports no type ${name}`);
      return new SettingComments(checker, [checker.getDeclaredTypeOfSymbol(symbol)], source, undefined);
    });
  }

  /** The setting `name` of these settings, or what each entry is made of if the name is `*`. */
  at(name: string): SettingComments {
    const types: ts.Type[] = [];
    let comment: SettingComment | undefined;
    for (const type of this.objects()) {
      const symbol = name === '*' ? undefined : this.checker.getPropertyOfType(type, name);
      if (symbol) comment ??= commentOf(symbol, this.checker);
      const found = symbol
        ? this.checker.getTypeOfSymbolAtLocation(symbol, this.declaration)
        : name === '*'
          ? this.entry(type)
          : undefined;
      if (found) types.push(found);
    }
    return new SettingComments(this.checker, types, this.declaration, comment);
  }

  /** Of several forms those that have all of these settings: a comment is said of one form, not of its neighbour. */
  having(names: readonly string[]): SettingComments {
    const types = this.objects().filter((type) =>
      names.every((name) => this.checker.getPropertyOfType(type, name) !== undefined),
    );
    return new SettingComments(this.checker, types, this.declaration, this.comment);
  }

  private objects(): readonly ts.Type[] {
    return this.types.flatMap((type) => (type.isUnion() ? type.types : [type]));
  }

  /** A map has entries of one type; one with a fixed set of names has a property for each, all alike. */
  private entry(type: ts.Type): ts.Type | undefined {
    const [first] = this.checker.getPropertiesOfType(type);
    return (
      this.checker.getIndexTypeOfType(type, ts.IndexKind.Number) ??
      this.checker.getIndexTypeOfType(type, ts.IndexKind.String) ??
      (first && this.checker.getTypeOfSymbolAtLocation(first, this.declaration))
    );
  }
}

function commentOf(symbol: ts.Symbol, checker: ts.TypeChecker): SettingComment | undefined {
  const text = oneLine(ts.displayPartsToString(symbol.getDocumentationComment(checker)));
  const tag = symbol.getJsDocTags(checker).find(({ name }) => name === 'default');
  if (text === '') return undefined;
  return { text, ...(tag && { default: oneLine(ts.displayPartsToString(tag.text)) }) };
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

function compilerOptions(): ts.CompilerOptions {
  const path = resolve(PROJECT_FOLDER, 'tsconfig.json');
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file)) as { config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, PROJECT_FOLDER).options;
}
